using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>
/// The six flaws that a study of QR sign-ins at large sites found (USENIX Security 2025), each tried here as an attacker
/// would. <c>docs/threats.md</c> has the table.
/// </summary>
public sealed class SixFlawsTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    // 1. The session id is not bound to the browser that opened it: whoever copies the code is signed in.
    [Fact]
    public async Task A_session_id_is_bound_to_the_browser_that_opened_it()
    {
        var (screen, thief) = (new LiveScreen(server), new LiveScreen(server));
        var sessionId = await Approved(screen);
        (await thief.Collect(sessionId)).IsRefused("invalid_session");
        (await screen.Collect(sessionId, verifier: sessionId)).IsRefused("invalid_session");
        Assert.Equal("waiting", await thief.StateWord());
        (await screen.Collect(sessionId)).AccessToken();
    }

    // 2. The code can be used again.
    [Fact]
    public async Task A_code_is_used_once()
    {
        var screen = new LiveScreen(server);
        var sessionId = await Approved(screen);
        (await screen.Collect(sessionId)).AccessToken();
        (await screen.Collect(sessionId)).IsRefused("nonce_spent");
        (await server.Approve(sessionId)).IsRefused("already_authenticated");
        (await server.Scan(sessionId)).IsRefused("already_authenticated");
        using var other = new Phone();
        await server.Enrol(server.Account, other);
        (await server.Approve(sessionId, other)).IsRefused("invalid_session");
    }

    // 3. The next session id can be guessed from the last.
    [Fact]
    public async Task Session_ids_share_nothing_that_could_be_counted_on()
    {
        var nonce = NewNonce();
        var codes = new List<string>();
        for (var i = 0; i < 500; i++) codes.Add((await server.Open(nonce)).Split(':')[3]);
        Assert.Equal(500, codes.Distinct().Count());
        Assert.Equal(500, codes.Select(c => c[..6]).Distinct().Count());

        // Opened in the same second, with the same nonce: the tag is another, and a neighbour's is no tag at all.
        var (first, second) = (await server.Open(nonce), await server.Open(nonce));
        var mixed = $"{first[..(first.LastIndexOf(':') - 14)]}{second[(second.LastIndexOf(':') - 14)..]}";
        (await server.Approve(mixed)).IsRefused("invalid_session");
    }

    // 4. The client chooses the session id.
    [Fact]
    public async Task Nobody_but_the_server_chooses_a_session_id()
    {
        var own = $"nu.id:1:{GapuraServer.ClientId}:{new string('A', 32)}:{server.Clock.Now.AddSeconds(60).ToUnixTimeSeconds()}";
        (await server.Approve(own)).IsRefused("invalid_session");
        (await server.Scan(own)).IsRefused("invalid_session");
        (await server.Post("/v1/qrAuth", $$"""{"clientId":"{{GapuraServer.ClientId}}","nonce":"{{NewNonce()}}","sessionId":"{{own}}"}""")).IsOk();
        (await server.Approve(own)).IsRefused("invalid_session");
    }

    // 5. The token a phone sends is not checked: who it is, whose code it is, that it is still valid.
    [Fact]
    public async Task What_the_phone_sends_is_checked_to_the_last_bit()
    {
        var sessionId = await server.Open(NewNonce());
        var signature = server.Phone.Sign(sessionId);
        var elsewhere = await server.Open(NewNonce(), GapuraServer.OtherClientId);
        (await server.Approve(elsewhere, signature: signature)).IsRefused("invalid_signature");
        for (var at = 8; at < signature.Length; at += 8)
        {
            var altered = string.Concat(signature.AsSpan(0, at), signature[at] == '0' ? "1" : "0", signature.AsSpan(at + 1));
            (await server.Approve(sessionId, signature: altered)).IsRefused("invalid_signature");
        }

        using var unknown = new Phone();
        (await server.Approve(sessionId, unknown)).IsRefused("invalid_key");
        server.Clock.Pass(TimeSpan.FromSeconds(60));
        (await server.Approve(sessionId)).IsRefused("invalid_session");
    }

    // 6. The screen, or whoever looks at what it is sent, learns about the person before they have said yes.
    [Fact]
    public async Task Nothing_of_the_person_leaves_before_the_yes()
    {
        var screen = new LiveScreen(server);
        var sessionId = await screen.Open();
        var scanned = await server.Scan(sessionId);
        string[] toTheScreen = [(await screen.State()).GetRawText(), (await screen.Ask()).Text, (await screen.Collect(sessionId)).Text];
        foreach (var secret in (string[])[server.Account.Name, server.Account.Username, server.Account.Id, server.Account.Npwp!, server.DeviceId, server.Phone.PublicKey])
            Assert.All(toTheScreen, told => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));

        // And nothing of the screen's secret goes to the phone.
        Assert.DoesNotContain(screen.Nonce, scanned.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(screen.Nonce, sessionId, StringComparison.Ordinal);
    }

    private async Task<string> Approved(LiveScreen screen)
    {
        var sessionId = await screen.Open();
        var seen = (await server.Scan(sessionId)).IsOk().Json;
        var isTyped = seen.GetProperty("confirmation").GetString() == "type";
        if (isTyped) (await screen.Type(sessionId, seen.GetProperty("code").GetString()!)).IsOk();
        (await server.Approve(sessionId, isTyped ? null : (await screen.State()).GetProperty("digits").GetString())).IsOk();
        return sessionId;
    }
}
