using System.Diagnostics.Tracing;

namespace Gapura.Bench.Hook;

/// <summary>
/// Adds up what the runtime says it allocated: one event for each hundred kilobytes (AllocationTick). Not GC.GetTotalAllocatedBytes,
/// which forgets what lay in a heap that the collector gave up: this one changes their number as it runs.
/// </summary>
internal sealed class AllocationListener : EventListener
{
    private const EventKeywords Collector = (EventKeywords)1;
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(eventSource, EventLevel.Verbose, Collector);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) == true && eventData.PayloadNames?.IndexOf("AllocationAmount64") is { } place and >= 0)
            Interlocked.Add(ref _bytes, (long)(ulong)eventData.Payload![place]!);
    }
}
