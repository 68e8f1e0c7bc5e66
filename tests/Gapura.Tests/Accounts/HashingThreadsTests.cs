using Gapura.Accounts;
using Xunit;

namespace Gapura.Tests.Accounts;

public sealed class HashingThreadsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_else_goes_first()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux tells the priority of a thread in a file.");
        using var threads = new HashingThreads();

        // Whatever the program itself was started with; 19 is the last there is.
        var (theirs, ours) = (await threads.Run(() => Niceness("/proc/thread-self/stat"), Ct), Niceness("/proc/self/stat"));
        Assert.Equal(Math.Min(19, ours + HashingThreads.Niceness), theirs);
    }

    [Fact]
    public async Task No_more_are_done_at_once_than_there_are_processors()
    {
        using var threads = new HashingThreads();
        var (now, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 20 * Environment.ProcessorCount).Select(_ => threads.Run(() =>
        {
            var mine = Interlocked.Increment(ref now);
            lock (threads) most = Math.Max(most, mine);
            Thread.SpinWait(50_000);
            return Interlocked.Decrement(ref now);
        }, Ct)));
        Assert.InRange(most, 1, Environment.ProcessorCount);
    }

    [Fact]
    public async Task What_went_wrong_is_told_to_whoever_asked_and_the_next_is_done()
    {
        using var threads = new HashingThreads();
        await Assert.ThrowsAsync<DllNotFoundException>(() => threads.Run<int>(() => throw new DllNotFoundException(), Ct));
        Assert.Equal(7, await threads.Run(() => 7, Ct));
    }

    [Fact]
    public async Task Who_left_is_let_go_at_once_and_what_had_not_begun_is_not_done()
    {
        using var threads = new HashingThreads();
        using var held = new ManualResetEventSlim();
        using var left = new CancellationTokenSource();
        var busy = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => threads.Run(() => held.Wait(TimeSpan.FromSeconds(30)), Ct)).ToList();
        var isDone = false;
        var waiting = threads.Run(() => isDone = true, left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        held.Set();
        Assert.All(await Task.WhenAll(busy), Assert.True);
        await threads.Run(() => 0, Ct);
        Assert.False(isDone);
    }

    [Fact]
    public async Task What_waits_is_done_before_the_end()
    {
        var threads = new HashingThreads();
        var answers = Enumerable.Range(0, 50).Select(i => threads.Run(() => i, Ct)).ToList();
        threads.Dispose();
        Assert.Equal(Enumerable.Range(0, 50), await Task.WhenAll(answers));
    }

    // proc(5): the 19th field, counted behind the name, which may have spaces and ends with the last bracket.
    private static int Niceness(string stat) => int.Parse(File.ReadAllText(stat).Split(')')[^1].Split(' ')[17], System.Globalization.CultureInfo.InvariantCulture);
}
