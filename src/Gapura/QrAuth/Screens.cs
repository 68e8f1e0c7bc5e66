using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Gapura.Kernel;
using Gapura.Sessions;
using Gapura.Storage;

namespace Gapura.QrAuth;

/// <summary>A screen and, on our own pages, the hash of the secret by which its browser is known to somebody.</summary>
internal sealed record OpenedScreen(Screen Screen, byte[]? Browser);

/// <summary>
/// Which screens opened codes here lately, in memory. Opening must store nothing, yet the phone shows who asks: so a node
/// remembers the latest ones in a table of fixed size, about 8 MB. A flood makes it forget sooner, never grow: an opening
/// overwrites the oldest of the eight that share its row. A scan that comes to another node asks the one that remembers.
/// <c>docs/decisions/0007-what-a-node-remembers-of-a-screen.md</c>.
/// </summary>
internal sealed class Screens
{
    private const int RowCount = 8_192;
    private const int RowLength = 8;
    private const int LockCount = 64;
    private readonly Visitors _visitors;
    private readonly BrowserCookies _cookies;
    private readonly Neighbours _neighbours;
    private readonly TimeProvider _time;
    private readonly Slot[] _slots = new Slot[RowCount * RowLength];
    private readonly Lock[] _locks = [.. Enumerable.Range(0, LockCount).Select(_ => new Lock())];

    public Screens(Visitors visitors, BrowserCookies cookies, Neighbours neighbours, TimeProvider time)
    {
        (_visitors, _cookies, _neighbours, _time) = (visitors, cookies, neighbours, time);
        neighbours.Knows = key => ulong.TryParse(key, CultureInfo.InvariantCulture, out var commitment) && Own(commitment) is { } own ? JsonSerializer.Serialize(own, SeenJson.Default.OpenedScreen) : null;
    }

    public void Note(HttpContext context, QrChallenge challenge)
    {
        var visitor = _visitors.Of(context);
        var slot = new Slot
        {
            Commitment = challenge.Commitment, OpenedAt = _time.GetUtcNow().ToUnixTimeMilliseconds(),
            Browser = visitor.Browser, System = visitor.System, Network = visitor.Network, Country = visitor.Country, Familiar = _cookies.Familiar(context),
        };
        var row = Row(challenge.Commitment);
        lock (_locks[row % LockCount])
        {
            var slots = _slots.AsSpan(row * RowLength, RowLength);
            var place = 0;
            for (var i = 0; i < RowLength && slots[place].Commitment != slot.Commitment; i++)
                if (slots[i].Commitment == slot.Commitment || slots[i].OpenedAt < slots[place].OpenedAt) place = i;
            slots[place] = slot;
        }
    }

    /// <summary>What this node or another remembers.</summary>
    public async Task<OpenedScreen?> Find(QrChallenge challenge, CancellationToken ct)
    {
        if (Own(challenge) is { } own) return own;
        return await _neighbours.Ask(challenge.Commitment.ToString(CultureInfo.InvariantCulture), ct) is { } text ? Read(text) : null;
    }

    // A node of another version may say it otherwise: then nobody knows.
    private static OpenedScreen? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, SeenJson.Default.OpenedScreen) is { Screen: not null } opened ? opened : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What this node remembers.</summary>
    public OpenedScreen? Own(QrChallenge challenge) => Own(challenge.Commitment);

    private OpenedScreen? Own(ulong commitment)
    {
        var row = Row(commitment);
        lock (_locks[row % LockCount])
        {
            foreach (ref readonly var slot in _slots.AsSpan(row * RowLength, RowLength))
                if (slot.OpenedAt > 0 && slot.Commitment == commitment)
                    return new OpenedScreen(new Screen(slot.Browser, slot.System, slot.Country, slot.Network, slot.OpenedAt / 1000), slot.Familiar?.Hash());
        }

        return null;
    }

    // The commitment is a keyed hash: its bits are as good as any other hash of it, and nobody can aim at a row.
    private static int Row(ulong commitment) => (int)(commitment % RowCount);

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        public ulong Commitment;

        /// <summary>Unix milliseconds; zero for an empty slot.</summary>
        public long OpenedAt;

        public string? Browser, System, Network, Country;

        public Secret? Familiar;
    }
}
