using System.Diagnostics;

namespace Gapura.Cluster.Faults;

/// <summary>Whole sign-ins, each of which ends well or says where it did not.</summary>
internal sealed class Journeys(string name)
{
    private readonly List<string> _broken = [];
    private readonly List<TimeSpan> _told = [];
    private readonly SortedDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private int _tried;

    public Row Row => new(name)
    {
        Attempted = _tried, Acknowledged = _tried - _broken.Count, Broken = _broken,
        Notes =
        [
            .. _told.Count == 0 ? Array.Empty<string>() : [$"a screen that waits at another node was told within {_told.Max().TotalMilliseconds:0} ms"],
            .. _asked.Select(a => $"{a.Value} times a person was asked to {a.Key}"),
        ],
    };

    public async Task Try(string what, Func<Task> journey)
    {
        Interlocked.Increment(ref _tried);
        try
        {
            await journey();
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or OperationCanceledException or IOException)
        {
            lock (_broken) _broken.Add($"{what}: {e.Message}");
        }
    }

    /// <summary>From the answer that somebody got until a screen heard of it.</summary>
    public void Told(long happened, long heard) => _told.Add(heard > happened ? Stopwatch.GetElapsedTime(happened, heard) : TimeSpan.Zero);

    public void Asked(string confirmation, IReadOnlyList<string> reasons)
    {
        var line = reasons.Count == 0 ? confirmation : $"{confirmation}, because of {string.Join(", ", reasons)}";
        _asked[line] = _asked.GetValueOrDefault(line) + 1;
    }
}
