using System.Diagnostics;

namespace Gapura.Tests;

/// <summary>A clock that stands still until the test moves it.</summary>
internal sealed class FakeClock : TimeProvider
{
    private readonly Stopwatch? _running;
    private long _ticks = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero).Ticks;

    public FakeClock()
    {
    }

    private FakeClock(DateTimeOffset now) => (_ticks, _running) = (now.Ticks, Stopwatch.StartNew());

    public DateTimeOffset Now => GetUtcNow();

    /// <summary>Set by the wall's clock and going with it, for programs that have no other; a test may still move it on.</summary>
    public static FakeClock Running() => new(System.GetUtcNow());

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks) + (_running?.Elapsed.Ticks ?? 0), TimeSpan.Zero);

    public void Pass(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
}
