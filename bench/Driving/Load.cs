using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Gapura.Bench.Driving;

/// <summary>What came of the answers to one request.</summary>
internal delegate void Answered(int index, int status, ReadOnlySpan<byte> body);

/// <summary>
/// Our own driver, for requests that differ and can be shown once: it sends each of a list, on so many connections from one
/// thread, and hears every answer to its end. The list is made before, so that what is measured is the server.
/// </summary>
internal static unsafe partial class Load
{
    private const short Readable = 1;

    /// <param name="answered">For what must be remembered of the answers.</param>
    /// <param name="perSecond">Requests come at this pace, whatever the answers do, and their latency counts from when they were due; null for as fast as they are answered.</param>
    public static LoadFigures Run(int port, int connections, IReadOnlyList<byte[]> requests, Answered? answered = null, double? perSecond = null, CancellationToken ct = default)
    {
        var lines = Enumerable.Range(0, Math.Min(connections, requests.Count)).Select(_ => new Connection(port)).ToArray();
        var polled = new Polled[lines.Length];
        for (var i = 0; i < lines.Length; i++) polled[i] = new Polled { Descriptor = lines[i].Descriptor, Events = Readable };
        var took = new List<int>(requests.Count);
        var idle = new Stack<Connection>(lines);
        var (next, failed, complaint) = (0, 0, (string?)null);
        var begun = Stopwatch.GetTimestamp();
        try
        {
            while (took.Count < requests.Count)
            {
                ct.ThrowIfCancellationRequested();
                while (idle.Count > 0 && next < requests.Count && Due(next) is var due && due <= Stopwatch.GetTimestamp()) idle.Pop().Send(next, requests[next++], perSecond is null ? Stopwatch.GetTimestamp() : due);
                fixed (Polled* first = polled)
                {
                    if (poll(first, (nuint)polled.Length, perSecond is null ? 30_000 : 1) == 0 && perSecond is null) throw new TimeoutException("No answer came for 30 seconds.");
                }

                for (var i = 0; i < lines.Length; i++)
                {
                    if (polled[i].Returned == 0 || lines[i].Index is not (var index and >= 0) || !lines[i].TryReceive(out var status, out var body)) continue;
                    took.Add((int)Stopwatch.GetElapsedTime(lines[i].Since).TotalMicroseconds);
                    if (status >= 400 && failed++ == 0) complaint = $"{status} {Encoding.UTF8.GetString(body)}";
                    answered?.Invoke(index, status, body);
                    idle.Push(lines[i]);
                }
            }
        }
        finally
        {
            foreach (var line in lines) line.Dispose();
        }

        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        took.Sort();
        return new LoadFigures(took.Count, seconds, At(took, 0.50), At(took, 0.99), failed, complaint);

        long Due(int index) => perSecond is null ? 0 : begun + (long)(index / perSecond.Value * Stopwatch.Frequency);
    }

    private static double At(List<int> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)] / 1000.0;

    // poll(2): the same layout everywhere, which epoll's is not.
    [LibraryImport("libc", SetLastError = true)] private static partial int poll(Polled* first, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;

        public short Events, Returned;
    }
}
