using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Npgsql;

namespace Gapura.Storage;

/// <summary>
/// Tells the other nodes at once which ceremonies moved, and carries their questions to each other, over PostgreSQL's
/// NOTIFY. Told after the commit and in bundles: a NOTIFY within a sign-in's own transaction would make all commits of all
/// nodes queue for one lock. Nothing depends on it: what is lost is found by the tail a moment later.
/// </summary>
internal sealed partial class News(PostgresDatabase database, Ceremonies ceremonies, Neighbours neighbours, ILogger<News> log) : BackgroundService
{
    private const string Channel = "gapura_ceremonies";

    // PostgreSQL takes 7,999 bytes in one notification.
    private const int MostBytes = 7900;
    private const int LongestLine = Neighbours.MostText + 100;
    private static readonly TimeSpan Bundling = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private readonly Channel<string> _lines = System.Threading.Channels.Channel.CreateBounded<string>(new BoundedChannelOptions(10_000) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ceremonies.Moved = move => Say(string.Create(CultureInfo.InvariantCulture, $"{move.KeepUntil} {move.MovedAt} {move.Key}"));
        await Task.WhenAll(Again(Listen, stoppingToken), Again(Tell, stoppingToken));
    }

    // However it ends, it begins anew.
    private async Task Again(Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken ct)
    {
        await using var source = database.Aside();
        while (!ct.IsCancellationRequested)
        {
            var connection = source.CreateConnection();
            try
            {
                await connection.OpenAsync(ct).WaitAsync(PostgresDatabase.Patience, ct);
                await work(connection, ct);
            }
#pragma warning disable CA1031 // The database may be away for a while; the news go on when it is back.
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Interrupted(e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(500), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning restore CA1031
            catch (OperationCanceledException)
            {
                return;
            }
            finally
            {
                // Closing says goodbye, and a silent socket never hears it.
                _ = connection.DisposeAsync().AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private async Task Listen(NpgsqlConnection connection, CancellationToken ct)
    {
        connection.Notification += (_, heard) => Hear(heard.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection)) await listen.ExecuteNonQueryAsync(ct).WaitAsync(Silence, ct);
        await using var alive = new NpgsqlCommand("SELECT 1", connection);
        (ceremonies.IsTold, neighbours.Say) = (true, Say);
        try
        {
            // A socket that is silent because nothing happens looks like one that is dead: it is asked.
            while (true)
                if (!await connection.WaitAsync(Silence, ct)) await alive.ExecuteNonQueryAsync(ct).WaitAsync(Silence, ct);
        }
        finally
        {
            (ceremonies.IsTold, neighbours.Say) = (false, null);
        }
    }

    private async Task Tell(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var notify = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection) { Parameters = { new() { Value = Channel }, new() { Value = "" } } };
        var text = new StringBuilder();
        while (await _lines.Reader.WaitToReadAsync(ct))
        {
            // Whoever waits does not feel it, and every node is woken a hundred times a second at most by each other.
            await Task.Delay(Bundling, ct);
            while (text.Length < MostBytes - LongestLine && _lines.Reader.TryRead(out var line)) text.Append(line.Length <= LongestLine ? line : "").Append('\n');
            notify.Parameters[1].Value = text.ToString();
            await notify.ExecuteNonQueryAsync(ct).WaitAsync(Silence, ct);
            text.Clear();
        }
    }

    private void Hear(string payload)
    {
        foreach (var line in payload.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (line.Split(' ', 3) is [var keep, var moved, var key] && long.TryParse(keep, CultureInfo.InvariantCulture, out var keepUntil) && long.TryParse(moved, CultureInfo.InvariantCulture, out var movedAt))
                ceremonies.Hear(new Move(key, keepUntil, movedAt));
            else
                neighbours.Hear(line);
    }

    private void Say(string line) => _lines.Writer.TryWrite(line);

    [LoggerMessage(Level = LogLevel.Debug, Message = "News between nodes were interrupted: {Why}")]
    private partial void Interrupted(string why);
}

/// <summary>That a ceremony moved. Instants are Unix milliseconds.</summary>
internal readonly record struct Move(string Key, long KeepUntil, long MovedAt);
