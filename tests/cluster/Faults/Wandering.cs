using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Gapura.Cluster.Load;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>Sign-ins each step of which is asked of a node of its own.</summary>
internal sealed class Wandering(Site site, Journeys journeys)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    public async Task Qr(Phone phone, Node[] nodes)
    {
        var (open, approve, claim) = (nodes[0], nodes[1], nodes[2]);
        var nonce = Client.NewNonce();
        var sessionId = await Ask(open, c => c.QrAuth(nonce));
        var approved = await Ask(approve, c => c.Authenticate(sessionId.Text("sessionId"), phone));
        await Known(approved.Text("data", "accessToken"));
        for (var tries = 0; ; tries++)
        {
            var claimed = await Ask(claim, c => c.QrAuth(nonce));
            if (claimed.Json.TryGetProperty("accessToken", out var token))
            {
                await Known(token.GetString()!);
                break;
            }

            // What another node decided is news here for a moment.
            if (tries == 20) throw new InvalidOperationException("approved, and there is nothing to be claimed after two seconds");
            await Task.Delay(100);
        }

        await Ask(claim, c => c.Refresh(approved.Text("data", "refreshToken")));
    }

    public async Task Popup(string username, Node[] nodes)
    {
        var (issue, open, finish) = (nodes[0], nodes[1], nodes[2]);
        var ticket = (await Ask(issue, c => c.Ticket(site.Installed.ApiKey))).Text("data", "token");
        await Ask(open, c => c.OpenPopup(ticket));
        var page = await Ask(finish, c => c.SignIn(ticket, username));
        await Known(People.MessageIn(page.Body)?.GetProperty("access_token").GetString() ?? throw new InvalidOperationException($"it did not hand over: {page}"));
    }

    /// <summary>Every node takes the token, and it was made at the right time: an API that checks it by itself has a clock of its own.</summary>
    private async Task Known(string token)
    {
        foreach (var node in site.Nodes)
            if (await Ask(node, c => c.Introspect(token, site.Installed.CustomsKey)) is { IsActive: false }) throw new InvalidOperationException($"{node.Name}, {node.SecondsOff:+0;-0;0} s off, says that the token is not active");
        var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;
        var off = payload.GetProperty("iat").GetInt64() - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        if (Math.Abs(off) > 30) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"a token says that it was made {off} s from now"));
    }

    private async Task<Heard> Ask(Node node, Func<Client, Task<Heard>> question)
    {
        using var client = new Client(node.Address, Patience);
        var heard = await Again.Ask(() => question(client), journeys.Refused);
        return heard.IsOk ? heard : throw new InvalidOperationException($"{node.Name}, {node.SecondsOff:+0;-0;0} s off, says {heard}");
    }
}
