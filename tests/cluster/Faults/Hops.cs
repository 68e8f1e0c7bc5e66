using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gapura.Cluster.Load;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>A person in the middle of a sign-in, each step of which lands on another node.</summary>
internal static class Hops
{
    public static async Task<Row> Everywhere(Site site, Pace pace)
    {
        var journeys = new Journeys("hops");
        foreach (var first in Enumerable.Range(0, 3))
            await journeys.Try($"QR sign-in opened on {site.Nodes[first].Name}", () => Qr(site, journeys, [.. Enumerable.Range(0, 3).Select(i => site.Nodes[(first + i) % 3])]));
        await journeys.Try("QR sign-in whose screen loses its node", () => ScreenLosesItsNode(site, journeys));
        await journeys.Try("popup whose node is killed", () => PopupLosesItsNode(site));
        return journeys.Row;
    }

    /// <summary>Opened on the first, waited for on the third and on the second, scanned on the second, approved on the third, collected on the first.</summary>
    private static async Task Qr(Site site, Journeys journeys, IReadOnlyList<Node> nodes)
    {
        var phone = site.Installed.Phones[0];
        var (verifier, nonce) = NewVerifier();
        using var first = new Client(nodes[0].Address, Patience);
        using var second = new Client(nodes[1].Address, Patience);
        using var third = new Client(nodes[2].Address, Patience);
        await using var onThird = new Load.Stream(nodes[2].Address, nonce);
        await using var onSecond = new Load.Stream(nodes[1].Address, nonce);
        await onThird.Hear("waiting");
        await onSecond.Hear("waiting");

        var sessionId = Yes(await first.QrAuth(nonce, "S256")).Text("sessionId");
        var scan = Yes(await second.Scan(sessionId, phone));
        var scanned = Stopwatch.GetTimestamp();
        var (toldScanned, state) = await onThird.Hear("scanned");
        journeys.Told(scanned, toldScanned);
        journeys.Asked(scan.Text("confirmation"), [.. scan.Json.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()!)]);

        // Only the node that opened the code has seen the screen; the one that scanned it must have asked.
        if (scan.Json.GetProperty("screen").GetProperty("openedAt").ValueKind != JsonValueKind.Number) throw new InvalidOperationException($"{nodes[1].Name} does not know the screen that {nodes[0].Name} opened.");

        // The person compares two digits, or types four: on the node that opened the code and on the one that scanned it.
        string? choice = null;
        if (scan.Text("confirmation") == "match") choice = state.GetProperty("digits").GetString();
        else if (scan.Text("confirmation") == "type") Yes(await first.Confirm(sessionId, verifier, scan.Text("code")));
        Yes(await third.Authenticate(sessionId, phone, choice));
        var approved = Stopwatch.GetTimestamp();
        var (toldApproved, _) = await onSecond.Hear("approved");
        journeys.Told(approved, toldApproved);

        var collected = Yes(await first.Collect(sessionId, verifier));
        foreach (var node in nodes)
        {
            using var client = new Client(node.Address, Patience);
            if (!(await client.Introspect(collected.Text("accessToken"), site.Installed.CustomsKey)).IsActive) throw new InvalidOperationException($"{node.Name} does not know the token that was collected.");
            if (await client.Collect(sessionId, verifier) is { Error: not "nonce_spent" } again) throw new InvalidOperationException($"{node.Name} was asked for it again and said: {again}");
        }
    }

    /// <summary>The node that holds the stream is killed; over the balancer the screen asks again, and another tells it.</summary>
    private static async Task ScreenLosesItsNode(Site site, Journeys journeys)
    {
        var phone = site.Installed.Phones[1];
        var (verifier, nonce) = NewVerifier();
        using var client = new Client(site.Balancer.Address, Patience);
        await using var stream = new Load.Stream(site.Balancer.Address, nonce);
        await stream.Hear("waiting");
        var sessionId = Yes(await client.QrAuth(nonce, "S256")).Text("sessionId");
        var holder = await site.Balancer.HolderOfTheStream(site.Nodes);
        holder.Signal(Signals.Kill);
        await holder.WaitForExit(TimeSpan.FromSeconds(5));
        var scan = await Persistently(() => client.Scan(sessionId, phone));
        var (_, state) = await stream.Hear("scanned");
        string? choice = scan.Text("confirmation") == "match" ? state.GetProperty("digits").GetString() : null;
        if (scan.Text("confirmation") == "type") await Persistently(() => client.Confirm(sessionId, verifier, scan.Text("code")));
        await Persistently(() => client.Authenticate(sessionId, phone, choice));
        var approved = Stopwatch.GetTimestamp();
        var (told, _) = await stream.Hear("approved");
        journeys.Told(approved, told);
        await Persistently(() => client.Collect(sessionId, verifier));
        await Back(holder);
    }

    /// <summary>The form came from a node that is no more when it is sent.</summary>
    private static async Task PopupLosesItsNode(Site site)
    {
        var killed = site.Nodes[1];
        using var direct = new Client(killed.Address, Patience);
        using var client = new Client(site.Balancer.Address, Patience);
        var ticket = Yes(await direct.Ticket(site.Installed.ApiKey)).Text("data", "token");
        Yes(await direct.OpenPopup(ticket));
        killed.Signal(Signals.Kill);
        await killed.WaitForExit(TimeSpan.FromSeconds(5));
        var page = await Persistently(() => client.SignIn(ticket, site.Installed.People[0]));
        var token = People.MessageIn(page.Body)?.GetProperty("access_token").GetString() ?? throw new InvalidOperationException($"The popup did not hand over: {page}");
        if (!Yes(await client.Introspect(token, site.Installed.CustomsKey)).IsActive) throw new InvalidOperationException("The token of the popup is not known.");
        if ((await client.SignIn(ticket, site.Installed.People[0])).IsOk) throw new InvalidOperationException("The ticket signed in twice.");
        await Back(killed);
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    // A person whose request broke because its node was killed tries again; nothing has happened to it.
    private static async Task<Heard> Persistently(Func<Task<Heard>> question)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                var heard = await question();
                if (heard.IsOk || tries == 5) return Yes(heard);
            }
            catch (HttpRequestException) when (tries < 5)
            {
                // Again.
            }

            await Task.Delay(300);
        }
    }

    private static async Task Back(Node node)
    {
        node.Start();
        await node.WaitUntilReady(TimeSpan.FromSeconds(30));
    }

    private static Heard Yes(Heard heard) => heard.IsOk ? heard : throw new InvalidOperationException($"a no: {heard}");

    private static (string Verifier, string Nonce) NewVerifier()
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (verifier, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier))));
    }
}
