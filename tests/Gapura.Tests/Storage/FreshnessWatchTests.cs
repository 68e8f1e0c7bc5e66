using System.Diagnostics;
using Gapura.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Gapura.Tests.Storage;

/// <summary>How long a node acts upon what it knows, and how long somebody waits until it knows again.</summary>
public sealed class FreshnessWatchTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private readonly HandClock _clock = new();
    private readonly Store _store = new();
    private readonly FreshnessWatch _watch;

    public FreshnessWatchTests() => _watch = new FreshnessWatch([_store], _clock, NullLogger<FreshnessWatch>.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // The store was looked at, and the next look is under way.
    public async ValueTask InitializeAsync()
    {
        await _watch.FirstFill(Ct);
        _store.Silent();
        await _watch.StartAsync(Ct);
        await _store.Looked(2);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Answers();
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
    }

    [Fact]
    public void For_a_second_what_is_known_is_acted_upon_at_once()
    {
        Assert.True(Asked() is { IsCompleted: true, Result: true });
        _clock.Pass(Second - Moment);
        Assert.True(Asked() is { IsCompleted: true, Result: true });
    }

    [Fact]
    public void After_a_second_it_is_not()
    {
        _clock.Pass(Second);
        Assert.False(_watch.IsFresh);
        Assert.False(Asked().IsCompleted);
    }

    [Fact]
    public async Task Who_waits_goes_on_when_the_store_is_looked_at_meanwhile()
    {
        _clock.Pass(Second);
        var waits = Asked();
        _clock.Pass(Second);
        Assert.False(waits.IsCompleted);
        _store.Answers();
        Assert.True(await Soon(waits));
        Assert.True(_watch.IsFresh);
    }

    [Fact]
    public async Task Who_waits_is_told_no_as_soon_as_the_store_cannot_be_looked_at()
    {
        _clock.Pass(Second);
        var waits = Asked();
        _store.Fails();
        Assert.False(await Soon(waits));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_two_seconds()
    {
        _clock.Pass(Second);
        var waits = Asked();
        _clock.Pass(2 * Second - Moment);
        Assert.False(waits.IsCompleted);
        _clock.Pass(Moment);
        Assert.False(await Soon(waits));
    }

    [Fact]
    public async Task Nobody_waits_longer_because_looks_end_that_began_too_long_ago()
    {
        _clock.Pass(Second);
        var waits = Asked();
        _clock.Pass(Second);
        await OneLookEnds(3);
        _clock.Pass(Second - Moment);
        Assert.False(waits.IsCompleted);

        // Who waits looked at the clock again when the look ended: on a busy machine only now.
        var since = Stopwatch.GetTimestamp();
        for (_clock.Pass(Moment); !waits.IsCompleted && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(15); _clock.Pass(Second)) await Task.Delay(5, Ct);
        Assert.False(await Soon(waits));
    }

    [Fact]
    public async Task A_look_that_began_before_the_node_was_paused_lets_nobody_through()
    {
        _clock.Pass(TimeSpan.FromMinutes(5));
        var waits = Asked();
        await OneLookEnds(3);
        _store.Fails();
        _clock.Pass(2 * Second);
        Assert.False(await Soon(waits));
    }

    [Fact]
    public async Task The_look_after_the_pause_does()
    {
        _clock.Pass(TimeSpan.FromMinutes(5));
        var waits = Asked();
        await OneLookEnds(3);
        _store.Answers();
        Assert.True(await Soon(waits));
    }

    private Task<bool> Asked() => _watch.Fresh().AsTask();

    // The look under way is answered; the next one hangs again.
    private async Task OneLookEnds(int next)
    {
        var answered = _store.Silent();
        answered.SetResult();
        await _store.Looked(next);
    }

    private static Task<bool> Soon(Task<bool> waits) => waits.WaitAsync(TimeSpan.FromSeconds(15), Ct);

    private sealed class Store : IKeptFresh
    {
        private TaskCompletionSource _answer = Answered();
        private int _looks;

        public Task Refresh(CancellationToken ct)
        {
            var answer = Volatile.Read(ref _answer).Task;
            Interlocked.Increment(ref _looks);
            return answer;
        }

        /// <returns>What the looks until now wait for.</returns>
        public TaskCompletionSource Silent() => Interlocked.Exchange(ref _answer, new(TaskCreationOptions.RunContinuationsAsynchronously));

        public void Answers() => Interlocked.Exchange(ref _answer, Answered()).TrySetResult();

        public void Fails()
        {
            var before = Interlocked.Exchange(ref _answer, Failed());
            before.TrySetException(new TimeoutException());
        }

        public async Task Looked(int times)
        {
            var since = Stopwatch.GetTimestamp();
            while (Volatile.Read(ref _looks) < times)
            {
                Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(15), "It never looked.");
                await Task.Delay(1, Ct);
            }
        }

        private static TaskCompletionSource Answered()
        {
            var answered = new TaskCompletionSource();
            answered.SetResult();
            return answered;
        }

        private static TaskCompletionSource Failed()
        {
            var failed = new TaskCompletionSource();
            failed.SetException(new TimeoutException());
            return failed;
        }
    }
}
