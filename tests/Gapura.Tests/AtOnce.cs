namespace Gapura.Tests;

/// <summary>Many callers behind one starting line.</summary>
internal static class AtOnce
{
    public static async Task<T[]> Run<T>(int callers, Func<int, Task<T>> act)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Enumerable.Range(0, callers).Select(i => Task.Run(async () =>
        {
            await start.Task;
            return await act(i);
        })).ToArray();
        start.SetResult();
        return await Task.WhenAll(running);
    }
}
