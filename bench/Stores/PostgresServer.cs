using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Gapura.Bench.Stores;

/// <summary>A real PostgreSQL on this machine, made by <c>tests/postgres.sh</c> and thrown away with this.</summary>
internal sealed class PostgresServer : IDisposable
{
    private static readonly string Script = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "postgres.sh"));
    private readonly int _port;

    private PostgresServer(int port, string connection)
    {
        (_port, Connection) = (port, connection);
        using var open = new NpgsqlConnection(Connection);
        open.Open();
        using var command = new NpgsqlCommand("SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)", open);
        Postmaster = int.Parse((string)command.ExecuteScalar()!, CultureInfo.InvariantCulture);
    }

    public string Connection { get; }

    /// <summary>Process whose children are all there is of it.</summary>
    public int Postmaster { get; }

    /// <returns>Null when PostgreSQL is not installed; why not is said on standard error.</returns>
    public static PostgresServer? Start(int port) => Run(port, "start") is { Length: > 0 } connection ? new PostgresServer(port, connection) : null;

    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose() => Run(_port, "stop");

    private static string Run(int port, string what)
    {
        var start = new ProcessStartInfo("sh", [Script, what]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["GAPURA_TEST_POSTGRES_PORT"] = port.ToString(CultureInfo.InvariantCulture);

        // A quarter of the memory is where PostgreSQL's documentation begins (section 20.4.1); the log is not to be cut short while a database grows.
        start.Environment["GAPURA_TEST_POSTGRES_BUFFERS"] = $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / (1 << 20)}MB";
        start.Environment["GAPURA_TEST_POSTGRES_LOG"] = "8GB";
        using var process = Process.Start(start)!;

        // Its daemon inherits the pipe: the first line is all there is to read.
        var line = process.StandardOutput.ReadLine() ?? "";
        process.WaitForExit();
        return process.ExitCode == 0 ? line : "";
    }
}
