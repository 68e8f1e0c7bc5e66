using System.Collections.Concurrent;
using Gapura.Kernel;
using Gapura.Sessions;

namespace Gapura.QrAuth;

/// <summary>A screen and, on our own pages, the secret by which its browser is known to somebody.</summary>
internal sealed record OpenedScreen(Screen Screen, Secret? Browser);

/// <summary>
/// Which screens opened codes here lately, in memory. Opening must store nothing, yet the phone shows who asks: so a node
/// remembers for a while, in two generations of bounded size. A flood makes it forget sooner, never grow.
/// </summary>
internal sealed class Screens(QrAuthOptions options, Visitors visitors, BrowserCookies cookies, TimeProvider time)
{
    private const int MostOfAGeneration = 50_000;
    private readonly Lock _turning = new();
    private Generation _young = new(time.GetUtcNow());
    private Generation _old = new(default);

    public void Note(HttpContext context, QrChallenge challenge)
    {
        var now = time.GetUtcNow();
        Turn(now);
        _young.Of[challenge.Commitment] = new OpenedScreen(Screen.Of(visitors.Of(context), now), cookies.Familiar(context));
        Interlocked.Increment(ref _young.Noted);
    }

    public OpenedScreen? Find(QrChallenge challenge) =>
        _young.Of.TryGetValue(challenge.Commitment, out var screen) || _old.Of.TryGetValue(challenge.Commitment, out screen) ? screen : null;

    // By calls, not by entries: a screen that asks again every second must not keep others from being forgotten.
    private void Turn(DateTimeOffset now)
    {
        if (_young.Noted < MostOfAGeneration && now < _young.Since + options.ChallengeLifetime) return;
        lock (_turning)
        {
            if (_young.Noted < MostOfAGeneration && now < _young.Since + options.ChallengeLifetime) return;
            (_old, _young) = (_young, new Generation(now));
        }
    }

    private sealed class Generation(DateTimeOffset since)
    {
        public int Noted;

        public DateTimeOffset Since => since;

        public ConcurrentDictionary<ulong, OpenedScreen> Of { get; } = new();
    }
}
