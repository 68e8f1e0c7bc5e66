using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gapura.Storage;
using Npgsql;
using Xunit;

namespace Gapura.Tests.Storage;

/// <summary>PostgreSQL behind a network that swallows everything and closes nothing: no error ever arrives.</summary>
public sealed class SilentPostgresTests(PostgresStore store) : StoreContract(store), IClassFixture<PostgresStore>, IAsyncLifetime
{
    // The patience, and what a busy machine adds to it. Without a bound it would be minutes.
    private static readonly TimeSpan Bound = PostgresDatabase.Patience + TimeSpan.FromSeconds(8);
    private Network _network = null!;
    private PostgresDatabase _database = null!;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        _network = new(new NpgsqlConnectionStringBuilder(Connection));
        _database = new PostgresDatabase(_network.Text, bounded: true);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        _network.Dispose();
        await _database.DisposeAsync();
        await DisposeAsync();
    }

    [Fact]
    public async Task Whoever_asks_is_told_in_seconds_and_what_comes_afterwards_is_answered_at_once()
    {
        Assert.Equal(100, (await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Ask()))).Count(answered => answered));

        _network.IsSilent = true;
        var clock = Stopwatch.StartNew();
        var told = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Fails(() => i % 2 == 0 ? Ask() : Write())));
        Assert.All(told, Assert.True);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bound);
        clock.Restart();
        Assert.True(await Fails(Ask), "the network is still silent");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bound);

        _network.IsSilent = false;
        clock.Restart();
        while (!await Answers()) Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bound);
        Assert.Equal(100, (await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Ask()))).Count(answered => answered));
    }

    [Fact]
    public async Task A_transaction_in_the_middle_of_which_it_falls_silent_is_told_too()
    {
        var clock = new Stopwatch();
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => _database.Write(async sql =>
        {
            await sql.Value<long>("SELECT 1");
            _network.IsSilent = true;
            clock.Start();
            await sql.Value<long>("SELECT 1");
        }, Ct));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bound);
        _network.IsSilent = false;
        Assert.True(await Ask());
    }

    private async Task<bool> Ask() => await _database.Read(sql => sql.Value<long>("SELECT 1"), Ct) == 1;

    private async Task<bool> Write() => await _database.Write(sql => sql.Value<long>("SELECT 1"), Ct) == 1;

    private async Task<bool> Answers() => !await Fails(Ask);

    private static async Task<bool> Fails(Func<Task<bool>> work)
    {
        try
        {
            return !await work();
        }
        catch (DatabaseUnavailableException)
        {
            return true;
        }
    }

    /// <summary>Passes bytes on between the program and PostgreSQL, or lets them vanish.</summary>
    private sealed class Network : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly NpgsqlConnectionStringBuilder _behind;

        public Network(NpgsqlConnectionStringBuilder behind)
        {
            _behind = behind;
            _listener.Start();
            _ = Accept();
        }

        public bool IsSilent { get; set; }

        public string Text => new NpgsqlConnectionStringBuilder(_behind.ConnectionString) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, ApplicationName = "silent" }.ToString();

        public void Dispose() => _listener.Dispose();

        private async Task Accept()
        {
            try
            {
                while (true) _ = Carry(await _listener.AcceptTcpClientAsync(Ct));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The test is over.
            }
        }

        private async Task Carry(TcpClient near)
        {
            using var far = new TcpClient();
            using (near)
            {
                await far.ConnectAsync(_behind.Host!, _behind.Port, Ct);
                await Task.WhenAny(Pump(near.GetStream(), far.GetStream()), Pump(far.GetStream(), near.GetStream()));
            }
        }

        private async Task Pump(NetworkStream from, NetworkStream to)
        {
            var buffer = new byte[16 * 1024];
            while (await from.ReadAsync(buffer, Ct) is var read and > 0)
                if (!IsSilent) await to.WriteAsync(buffer.AsMemory(0, read), Ct);
        }
    }
}
