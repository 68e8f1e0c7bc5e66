using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Gapura.Accounts;

/// <summary>
/// One thread for each processor, of a lower priority than all others of the program. A password hash fills a processor for
/// milliseconds on purpose; whoever asks for anything else meanwhile is let past. Each hash takes 19 MiB as well, so more at
/// once than there are processors would only cost memory.
/// </summary>
internal sealed partial class HashingThreads : TaskScheduler, IDisposable
{
    /// <summary>What Linux calls nice, more than the program's own: with 5 a thread gets a quarter of a processor that another one wants, and all of an idle one.</summary>
    public const int Niceness = 5;

    private readonly BlockingCollection<Task> _waiting = [];
    private readonly Lazy<Thread[]> _threads;

    public HashingThreads() => _threads = new(() => [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Started())]);

    public override int MaximumConcurrencyLevel => Environment.ProcessorCount;

    /// <summary>Does it when its turn comes. Who leaves is let go at once, and what had not begun is not done.</summary>
    public Task<T> Run<T>(Func<T> work, CancellationToken ct) =>
        Task.Factory.StartNew(work, ct, TaskCreationOptions.RunContinuationsAsynchronously | TaskCreationOptions.DenyChildAttach, this).WaitAsync(ct);

    /// <summary>Does what waits, and ends.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        if (_threads.IsValueCreated)
        {
            foreach (var thread in _threads.Value) thread.Join();
        }

        _waiting.Dispose();
    }

    protected override void QueueTask(Task task)
    {
        _ = _threads.Value;
        _waiting.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _waiting.ToArray();

    private Thread Started()
    {
        var thread = new Thread(() =>
        {
            // .NET passes a thread's priority on to the system everywhere but on Linux.
            if (OperatingSystem.IsLinux()) _ = Nice(Niceness);
            foreach (var task in _waiting.GetConsumingEnumerable()) TryExecuteTask(task);
        })
        {
            IsBackground = true,
            Name = "password hashes",
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
        return thread;
    }

    // nice(2) adds to what there is; on Linux it is the thread's that calls.
    [LibraryImport("libc", EntryPoint = "nice")]
    private static partial int Nice(int increment);
}
