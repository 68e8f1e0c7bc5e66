using System.Collections.Concurrent;

namespace Gapura.Tests.OpenId.Keys;

/// <summary>
/// Platforms and resource APIs at work, on every node in turn, without a pause but the moments in which time moves. What
/// goes wrong is written down, not thrown.
/// </summary>
internal sealed class RotationLoad(IReadOnlyList<GapuraServer> nodes, IReadOnlyList<CachingVerifier> apis, IReadOnlyList<CachingVerifier> clients, string resourceApiKey)
{
    private const int Workers = 6;
    private readonly SemaphoreSlim _working = new(Workers);
    private readonly ConcurrentQueue<string> _tokens = new();
    private readonly CancellationTokenSource _end = new();
    private int _requests, _validations, _epoch;

    public ConcurrentQueue<string> Failures { get; } = new();

    public ConcurrentDictionary<string, bool> KeysSeen { get; } = new(StringComparer.Ordinal);

    public int Requests => _requests;

    public int Validations => _validations;

    public Task[] Start() => [.. Enumerable.Range(0, Workers).Select(i => Task.Run(() => Work(i)))];

    public void End() => _end.Cancel();

    /// <summary>Moves time while no request is under way, which would otherwise take hours.</summary>
    /// <param name="isLeap">So far that every token is forgotten.</param>
    public async Task Move(Action move, bool isLeap)
    {
        for (var i = 0; i < Workers; i++) await _working.WaitAsync();
        move();
        if (isLeap)
        {
            _tokens.Clear();
            _epoch++;
        }

        _working.Release(Workers);
    }

    public async Task UntilMore(int requests)
    {
        for (var aim = _requests + requests; _requests < aim && Failures.IsEmpty;) await Task.Delay(2);
    }

    private async Task Work(int number)
    {
        var (refresh, access, epoch) = ("", "", -1);
        CodeFlow[] flows = [.. nodes.Select(n => new CodeFlow(n))];
        for (var turn = number; !_end.IsCancellationRequested; turn++)
        {
            await _working.WaitAsync();
            try
            {
                var (here, there) = (turn % nodes.Count, (turn + 1) % nodes.Count);
                if (epoch != _epoch || turn % 4 == 0)
                {
                    var tokens = (await flows[here].Exchange((await flows[here].ToCallback())["code"])).IsOk().Json;
                    (refresh, access, epoch) = (tokens.GetProperty("refresh_token").GetString()!, tokens.GetProperty("access_token").GetString()!, _epoch);
                    await Validate(clients, tokens.GetProperty("id_token").GetString()!);
                    Interlocked.Add(ref _requests, 2);
                }
                else
                {
                    var tokens = (await nodes[there].Refresh(refresh, CodeFlow.ClientId)).IsOk().Json;
                    (refresh, access) = (tokens.GetProperty("refresh_token").GetString()!, tokens.GetProperty("access_token").GetString()!);
                    Interlocked.Increment(ref _requests);
                }

                await Validate(apis, access);
                _tokens.Enqueue(access);

                // Every node knows every node's tokens.
                foreach (var node in nodes)
                {
                    if (!(await node.Introspect(access, resourceApiKey)).IsOk().Json.GetProperty("active").GetBoolean()) Failures.Enqueue("introspection: not active");
                    (await node.Get("/oauth/userinfo", ("Authorization", $"Bearer {access}"))).IsOk();
                    Interlocked.Add(ref _requests, 2);
                }

                // Tokens of earlier, until they expire.
                for (var i = 0; i < 3 && _tokens.TryDequeue(out var earlier); i++) await Validate(apis, earlier, mayBeOver: true);
            }
#pragma warning disable CA1031 // Whatever it is, it is one more failure.
            catch (Exception e)
            {
                Failures.Enqueue(e.Message);
            }
#pragma warning restore CA1031
            finally
            {
                _working.Release();
            }
        }
    }

    private async Task Validate(IReadOnlyList<CachingVerifier> verifiers, string token, bool mayBeOver = false)
    {
        KeysSeen[token[..token.IndexOf('.', StringComparison.Ordinal)]] = true;
        foreach (var verifier in verifiers)
        {
            if (await verifier.Fault(token) is { } fault && !(mayBeOver && fault == "expired")) Failures.Enqueue(fault);
            Interlocked.Increment(ref _validations);
        }

        if (mayBeOver && await verifiers[0].Fault(token) is null) _tokens.Enqueue(token);
    }
}
