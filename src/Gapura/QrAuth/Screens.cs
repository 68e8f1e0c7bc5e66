using System.Runtime.InteropServices;
using Gapura.Kernel;
using Gapura.Sessions;

namespace Gapura.QrAuth;

/// <summary>A screen and, on our own pages, the secret by which its browser is known to somebody.</summary>
internal sealed record OpenedScreen(Screen Screen, Secret? Browser);

/// <summary>
/// Which screens opened codes here lately, in memory. Opening must store nothing, yet the phone shows who asks: so a node
/// remembers the latest ones in a table of fixed size, about 8 MB. A flood makes it forget sooner, never grow: an opening
/// overwrites the oldest of the eight that share its row. <c>docs/decisions/0007-what-a-node-remembers-of-a-screen.md</c>.
/// </summary>
internal sealed class Screens(Visitors visitors, BrowserCookies cookies, TimeProvider time)
{
    private const int RowCount = 8_192;
    private const int RowLength = 8;
    private const int LockCount = 64;
    private readonly Slot[] _slots = new Slot[RowCount * RowLength];
    private readonly Lock[] _locks = [.. Enumerable.Range(0, LockCount).Select(_ => new Lock())];

    public void Note(HttpContext context, QrChallenge challenge)
    {
        var visitor = visitors.Of(context);
        var slot = new Slot
        {
            Commitment = challenge.Commitment, OpenedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Browser = visitor.Browser, System = visitor.System, Network = visitor.Network, Country = visitor.Country, Familiar = cookies.Familiar(context),
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

    public OpenedScreen? Find(QrChallenge challenge)
    {
        var row = Row(challenge.Commitment);
        lock (_locks[row % LockCount])
        {
            foreach (ref readonly var slot in _slots.AsSpan(row * RowLength, RowLength))
                if (slot.OpenedAt > 0 && slot.Commitment == challenge.Commitment)
                    return new OpenedScreen(new Screen(slot.Browser, slot.System, slot.Country, slot.Network, slot.OpenedAt / 1000), slot.Familiar);
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
