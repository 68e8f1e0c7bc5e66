using System.Threading.Channels;

namespace Gapura.Devices;

/// <summary>"Something happened to this account": what the phones of it are told by, after the commit and never in a request's way.</summary>
internal sealed class DeviceNotices
{
    // A person who misses one sees the next, and the history shows all: a flood pushes the oldest out, never grows.
    private const int MostWaiting = 1000;

    private readonly Channel<DeviceNotice> _waiting = Channel.CreateBounded<DeviceNotice>(new BoundedChannelOptions(MostWaiting)
    {
        FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true,
    });

    public ChannelReader<DeviceNotice> Waiting => _waiting.Reader;

    /// <param name="exceptDeviceId">The phone that did it and knows already; null when none did.</param>
    public void Tell(string accountId, string? exceptDeviceId) => _waiting.Writer.TryWrite(new DeviceNotice(accountId, exceptDeviceId));
}

internal sealed record DeviceNotice(string AccountId, string? ExceptDeviceId);
