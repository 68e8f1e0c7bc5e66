using System.Globalization;
using System.Text.Json;
using Gapura.Cluster.Load;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>One node is five minutes fast, one five minutes slow: what one begins the others finish.</summary>
internal static class Clocks
{
    private static readonly int[] SecondsOff = [300, -300, 0];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    public static async Task<Row> Apart(Site site, Pace pace)
    {
        await SetClocks(site, SecondsOff);
        try
        {
            var journeys = new Journeys("clocks apart");
            await Task.WhenAll(Ways(site, pace).Index().GroupBy(w => w.Index % site.Installed.People.Count).Select(lane => Task.Run(() => Lane(site, journeys, lane.Key, lane.Select(w => w.Item)))));

            var alone = journeys.Row;
            var loaded = await UnderLoad.Run(site, pace, "clocks apart", May.BeUnseen, () => Task.FromResult(new Cause(System.Diagnostics.Stopwatch.GetTimestamp())));
            return loaded with
            {
                Attempted = loaded.Attempted + alone.Attempted, Acknowledged = loaded.Acknowledged + alone.Acknowledged, Broken = [.. Few(alone.Broken), .. loaded.Broken],
                Notes = [.. loaded.Notes, $"{alone.Attempted} sign-ins, each step on a clock of its own, of which {alone.Broken.Count} did not end well"],
            };
        }
        finally
        {
            await SetClocks(site, [0, 0, 0]);
        }
    }

    /// <summary>Every node after every other; all 27 ways where there is time for it.</summary>
    private static IEnumerable<Node[]> Ways(Site site, Pace pace)
    {
        for (var first = 0; first < 3; first++)
            for (var second = 0; second < 3; second++)
                for (var third = 0; third < 3; third++)
                    if (!pace.IsQuick || third == (2 * (first + second)) % 3) yield return [site.Nodes[first], site.Nodes[second], site.Nodes[third]];
    }

    /// <summary>One after the other, as one person.</summary>
    private static async Task Lane(Site site, Journeys journeys, int person, IEnumerable<Node[]> ways)
    {
        foreach (var nodes in ways)
        {
            var clocks = string.Join(", ", nodes.Select(n => $"{n.SecondsOff:+0;-0;0} s"));
            await journeys.Try($"QR sign-in opened, approved and claimed on clocks that are off by {clocks}", () => Qr(site, site.Installed.Phones[person], nodes));
            await journeys.Try($"popup whose ticket, form and password were on clocks that are off by {clocks}", () => Popup(site, site.Installed.People[person], nodes));
        }
    }

    private static IEnumerable<string> Few(IReadOnlyList<string> broken) => broken.Count <= 6 ? broken : [.. broken.Take(6), $"and {broken.Count - 6} more like these"];

    private static async Task SetClocks(Site site, IReadOnlyList<int> seconds)
    {
        foreach (var (node, off) in site.Nodes.Zip(seconds)) node.SecondsOff = off;
        await Task.WhenAll(site.Nodes.Select(n => n.Restart()));
        foreach (var node in site.Nodes) await site.Balancer.Up(node);
    }

    private static async Task Qr(Site site, Phone phone, Node[] nodes)
    {
        var (open, approve, claim) = (nodes[0], nodes[1], nodes[2]);
        var nonce = Client.NewNonce();
        var sessionId = await Ask(open, c => c.QrAuth(nonce));
        var approved = await Ask(approve, c => c.Authenticate(sessionId.Text("sessionId"), phone));
        await Known(site, approved.Text("data", "accessToken"));
        for (var tries = 0; ; tries++)
        {
            var claimed = await Ask(claim, c => c.QrAuth(nonce));
            if (claimed.Json.TryGetProperty("accessToken", out var token))
            {
                await Known(site, token.GetString()!);
                break;
            }

            // What another node decided is news here for a moment.
            if (tries == 20) throw new InvalidOperationException("approved, and there is nothing to be claimed after two seconds");
            await Task.Delay(100);
        }

        await Ask(claim, c => c.Refresh(approved.Text("data", "refreshToken")));
    }

    private static async Task Popup(Site site, string username, Node[] nodes)
    {
        var (issue, open, finish) = (nodes[0], nodes[1], nodes[2]);
        var ticket = (await Ask(issue, c => c.Ticket(site.Installed.ApiKey))).Text("data", "token");
        await Ask(open, c => c.OpenPopup(ticket));
        var page = await Ask(finish, c => c.SignIn(ticket, username));
        await Known(site, People.MessageIn(page.Body)?.GetProperty("access_token").GetString() ?? throw new InvalidOperationException($"it did not hand over: {page}"));
    }

    /// <summary>Every node takes the token, and it was made at the right time: an API that checks it by itself has a clock of its own.</summary>
    private static async Task Known(Site site, string token)
    {
        foreach (var node in site.Nodes)
            if (await Ask(node, c => c.Introspect(token, site.Installed.CustomsKey)) is { IsActive: false }) throw new InvalidOperationException($"{node.Name}, {node.SecondsOff:+0;-0;0} s off, says that the token is not active");
        var payload = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;
        var off = payload.GetProperty("iat").GetInt64() - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        if (Math.Abs(off) > 30) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"a token says that it was made {off} s from now"));
    }

    private static async Task<Heard> Ask(Node node, Func<Client, Task<Heard>> question)
    {
        using var client = new Client(node.Address, Patience);
        var heard = await question(client);
        return heard.IsOk ? heard : throw new InvalidOperationException($"{node.Name}, {node.SecondsOff:+0;-0;0} s off, says {heard}");
    }
}
