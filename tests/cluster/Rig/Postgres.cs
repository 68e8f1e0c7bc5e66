using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Gapura.Cluster.Rig;

/// <summary>
/// One PostgreSQL of Debian's packages, on a file system of its own where we may mount one, so that its disk can be filled.
/// </summary>
internal sealed class Postgres(string home, string name, int port, string password)
{
    private static readonly string Programs = Directory.GetDirectories("/usr/lib/postgresql")
        .OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0).Select(d => Path.Combine(d, "bin")).First(d => File.Exists(Path.Combine(d, "initdb")));

    private readonly string _folder = Path.Combine(home, name);

    public string Name => name;

    public int Port => port;

    public bool IsMounted { get; private set; }

    /// <summary>Where its disk is filled.</summary>
    public string Ballast => Path.Combine(_folder, "ballast");

    /// <summary>Straight to it, for the rig's own eyes.</summary>
    public string Connection => $"Host=127.0.0.1;Port={port};Username=gapura;Password={password};Database=postgres;Pooling=false;Timeout=10;Command Timeout=30";

    private string Data => Path.Combine(_folder, "data");

    public async Task Prepare()
    {
        Directory.CreateDirectory(_folder);
        if (!Shell.IsRoot) return;
        await Shell.Run("chown", "postgres:", _folder);
        var (code, _, _) = await Shell.Try(new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", "size=400m,mode=0700,uid=postgres,gid=postgres", "gapura-cluster", _folder]));
        IsMounted = code == 0;
    }

    public async Task Initialise()
    {
        var file = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(file, password + "\n");
        if (Shell.IsRoot) await Shell.Run("chown", "postgres:", file);
        await Shell.Run(Shell.AsOwner(Path.Combine(Programs, "initdb"), "-D", Data, "-U", "gapura", "--auth=scram-sha-256", $"--pwfile={file}", "--encoding=UTF8", "--locale=C", "--no-sync"));
    }

    /// <summary>Begins anew as the standby of another, which must be running.</summary>
    public async Task Follow(Postgres primary)
    {
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
        var from = $"host=127.0.0.1 port={primary.Port} user=gapura password={password} application_name={name}";
        await Shell.Run(Shell.AsOwner(Path.Combine(Programs, "pg_basebackup"), "-D", Data, "-d", from, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync"));

        // Once promoted it has no standby of its own, and must not wait for one.
        await File.AppendAllTextAsync(Path.Combine(Data, "postgresql.auto.conf"), "synchronous_standby_names = ''\n");
        await Start();
    }

    public Task Start() => Shell.Run(Control("-l", Path.Combine(_folder, "server.log"), "-w", "-t", "60", "-o", Options, "start"));

    /// <param name="mode"><c>fast</c>: sessions are ended. <c>immediate</c>: as a crash, recovered at the next start.</param>
    public Task Stop(string mode) => Shell.Run(Control("-m", mode, "-w", "-t", "60", "stop"));

    public Task Promote() => Shell.Run(Control("-w", "-t", "60", "promote"));

    public async Task<bool> IsRunning() => (await Shell.Try(Control("status"))).Code == 0;

    /// <summary>SIGKILL to the parent and to all its children: as if the machine had lost its power.</summary>
    public async Task Kill9()
    {
        var parent = Parent;
        var children = await Shell.Run("ps", "-o", "pid=", "--ppid", parent.ToString(CultureInfo.InvariantCulture));
        Signals.Send(parent, Signals.Kill);
        foreach (var child in children.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Those that noticed that their parent is gone have ended already.
            await Shell.Try(new ProcessStartInfo("kill", ["-9", child]));
        }

        while (Directory.Exists($"/proc/{parent}")) await Task.Delay(5);

        // Its seventh line names the piece of shared memory that nobody is left to give back.
        var locked = Path.Combine(Data, "postmaster.pid");
        if (File.ReadLines(locked).ElementAtOrDefault(6)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var id]) await Shell.Try(new ProcessStartInfo("ipcrm", ["-m", id]));
        File.Delete(locked);
    }

    /// <summary>Stops or continues everything it runs.</summary>
    public async Task SignalAll(int signal)
    {
        var parent = Parent;
        var children = await Shell.Run("ps", "-o", "pid=", "--ppid", parent.ToString(CultureInfo.InvariantCulture));
        foreach (var one in children.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(c => int.Parse(c, CultureInfo.InvariantCulture)).Append(parent)) Signals.Send(one, signal);
    }

    /// <returns>The first value of the first row, as text.</returns>
    public async Task<string> Ask(string statement, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connection) { Database = database }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) ?? "";
    }

    public async Task Remove()
    {
        if (Directory.Exists(Data) && await IsRunning()) await Shell.Try(Control("-m", "immediate", "-w", "stop"));
        if (IsMounted) await Shell.Try(new ProcessStartInfo("umount", ["-l", _folder]));
        IsMounted = false;
    }

    private int Parent => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string Options =>
        $"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=300 -c shared_buffers=32MB -c dynamic_shared_memory_type=mmap "
        + "-c max_wal_size=96MB -c min_wal_size=32MB -c wal_keep_size=64MB -c hot_standby=on -c wal_receiver_timeout=10s -c wal_sender_timeout=10s -c wal_retrieve_retry_interval=500ms "
        + "-c idle_in_transaction_session_timeout=10s -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

    private ProcessStartInfo Control(params string[] arguments) => Shell.AsOwner(Path.Combine(Programs, "pg_ctl"), ["-D", Data, .. arguments]);
}
