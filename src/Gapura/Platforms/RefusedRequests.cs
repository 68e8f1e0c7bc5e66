using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Platforms;

/// <summary>
/// Keeper of what platforms were refused in the last day. Gathered in memory and written once a second at most; the same
/// twice is one row; and each kind of proof has room of its own, so that strangers who only say a client id, or hold one
/// of its tickets, push out nobody's but each other's. What cannot be written is let go: no request waits for it.
/// </summary>
internal sealed partial class RefusedRequests(Database database, TimeProvider time, ILogger<RefusedRequests> log) : BackgroundService, ISwept
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();

    // Whoever reads after a flush must find what another one is just writing.
    private readonly SemaphoreSlim _writing = new(1);
    private Dictionary<(string ClientId, RefusedProof Proof), Dictionary<RefusedRequest, RefusedRequest>> _waiting = [];

    /// <summary>The most that are kept of a platform.</summary>
    public static int MostKept(RefusedProof proof) => proof switch { RefusedProof.Key => 200, RefusedProof.Ticket => 100, _ => 50 };

    /// <summary>The most that wait to be written of a platform: what a flood costs in a second.</summary>
    public static int MostWaiting(RefusedProof proof) => MostKept(proof) / 5;

    /// <summary>Remembers it. Costs no look at the store.</summary>
    /// <param name="request">Its client id is a platform's: what is made up here would be a way to fill memory.</param>
    public void Note(RefusedRequest request)
    {
        lock (_lock)
        {
            var place = (request.ClientId, request.Proof);
            if (!_waiting.TryGetValue(place, out var same)) _waiting[place] = same = [];
            if (same.Remove(request.Same, out var before)) request = request with { Times = before.Times + request.Times };
            else if (same.Count >= MostWaiting(request.Proof)) same.Remove(same.MinBy(r => r.Value.At).Key);
            same[request.Same] = request;
        }
    }

    /// <summary>How many wait to be written, for a test of what a flood costs.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _waiting.Values.Sum(w => w.Count);
        }
    }

    /// <summary>Writes down what waits. Never throws for a store that is away.</summary>
    public async Task Flush(CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            Dictionary<(string ClientId, RefusedProof Proof), Dictionary<RefusedRequest, RefusedRequest>> waiting;
            lock (_lock) (waiting, _waiting) = (_waiting, []);
            if (waiting.Count == 0) return;
            await database.Write(async sql =>
            {
                foreach (var (place, requests) in waiting)
                {
                    foreach (var request in requests.Values.OrderBy(r => r.At)) await Add(sql, request);
                    await sql.Execute("""
                        DELETE FROM refused_requests WHERE client_id = @ClientId AND proof = @proof
                        AND id NOT IN (SELECT id FROM refused_requests WHERE client_id = @ClientId AND proof = @proof ORDER BY at DESC, id DESC LIMIT @most)
                        """, new { place.ClientId, proof = place.Proof.ToString(), most = MostKept(place.Proof) });
                }
            }, ct);
        }
#pragma warning disable CA1031 // Whatever it is: what was refused must not become a fault of ours.
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            NotWritten(e);
        }
#pragma warning restore CA1031
        finally
        {
            _writing.Release();
        }
    }

    public override void Dispose()
    {
        _writing.Dispose();
        base.Dispose();
    }

    /// <summary>The last day's, the newest first.</summary>
    public async Task<IReadOnlyList<RefusedRequest>> Of(string clientId, CancellationToken ct) => [.. (await database.Read(sql => sql.Rows<RefusedRow>(
        $"{RefusedRow.Select} WHERE client_id = @clientId AND at > @since ORDER BY at DESC, id DESC", new { clientId, since = (time.GetUtcNow() - Kept).ToUnixTimeMilliseconds() }), ct)).Select(r => r.Request())];

    public Task Sweep(DateTimeOffset now, CancellationToken ct) =>
        database.Write(sql => sql.Execute("DELETE FROM refused_requests WHERE at <= @old", new { old = (now - Kept).ToUnixTimeMilliseconds() }), ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Flush(stoppingToken);
    }

    // A platform may have gone in the second between.
    private Task Add(SqlSession sql, RefusedRequest request) => sql.Execute("""
        INSERT INTO refused_requests (id, client_id, proof, at, times, method, path, status, code, sentence, why, parameters, origin, trace)
        SELECT @Id, @ClientId, @Proof, @At, @Times, @Method, @Path, @Status, @Code, @Sentence, @Why, @Parameters, @Origin, @Trace
        WHERE EXISTS (SELECT 1 FROM platforms WHERE client_id = @ClientId)
        """, RefusedRow.From(request, PublicId.New(time)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused requests could not be written down; platforms will miss them in their lists.")]
    private partial void NotWritten(Exception e);
}
