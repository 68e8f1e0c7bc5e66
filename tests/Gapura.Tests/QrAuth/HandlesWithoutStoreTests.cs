using Gapura.QrAuth;
using Gapura.SeamlessLogin;
using Gapura.Storage;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>What is issued and what is refused needs no store: shown on a server whose database has gone.</summary>
public sealed class HandlesWithoutStoreTests
{
    [Fact]
    public async Task Session_ids_are_issued_and_refused_while_the_database_is_gone()
    {
        await using var server = await GapuraServer.Start();
        var genuine = await server.Open(NewNonce());
        await server.Database.DisposeAsync();
        Directory.Delete(server.Data, recursive: true);

        var issued = await server.Open(NewNonce());
        foreach (var sessionId in (string[])[genuine, issued])
        {
            for (var at = 0; at < sessionId.Length; at++)
                (await server.Approve(sessionId[..at] + (sessionId[at] == 'A' ? 'B' : 'A') + sessionId[(at + 1)..])).IsRefused("invalid_session");
            (await server.Approve(sessionId, signature: "00")).IsRefused("invalid_signature");

            // The genuine one, well signed, is the first that asks the store.
            (await server.Approve(sessionId)).Is(503, """{"error":"temporarily_unavailable","error_description":"Sign-in is not possible for a moment. Please try again."}""");
        }
    }

    [Fact]
    public async Task Login_tickets_are_issued_and_refused_while_the_database_is_gone()
    {
        await using var server = await GapuraServer.Start();
        await server.Database.DisposeAsync();
        Directory.Delete(server.Data, recursive: true);

        var ticket = (await server.Get("/V1/NLE/AuthApiKey", ("beacukai-api-key", server.ApiKey))).IsOk().Json.GetProperty("data").GetProperty("token").GetString()!;
        for (var at = 0; at < ticket.Length; at++)
            (await server.Get($"/seamlesslogin/?token={ticket[..at]}{(ticket[at] == 'a' ? 'b' : 'a')}{ticket[(at + 1)..]}"))
                .Is(403, """{"error":"API key is not valid or is expired / revoked."}""");
        (await server.Get("/V1/NLE/AuthApiKey", ("beacukai-api-key", "unknown"))).Is(403, """{"error":"API key is not valid or is expired / revoked."}""");
        (await server.Get($"/seamlesslogin/?token={ticket}")).Is(503, """{"error":"Sign-in is not possible for a moment. Please try again."}""");
    }

    [Fact]
    public async Task A_replaced_key_reads_its_handles_until_its_afterlife_is_over()
    {
        await using var server = await GapuraServer.Start();
        var old = server.Get<HandleKeys>().Ring.Current;
        var (nonce, ticketLife) = (NewNonce(), server.Get<SeamlessLoginOptions>().TicketLifetime);

        // Shortly before the key is replaced, 30 days after its first use.
        await server.Pass(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(5));
        Assert.Equal(old.Id, server.Get<HandleKeys>().Ring.Current.Id);
        await server.Pass(TimeSpan.FromMinutes(4.9));
        var sessionId = await server.Open(nonce);
        var ticket = server.Get<LoginTickets>().Issue("0123456789abcdef");
        Assert.Equal(old.Id, server.Get<HandleKeys>().Ring.Current.Id);

        await server.Pass(TimeSpan.FromSeconds(6));
        var ring = server.Get<HandleKeys>().Ring;
        Assert.NotEqual(old.Id, ring.Current.Id);
        Assert.NotNull(ring.Find(old.Id));
        (await server.Approve(sessionId)).IsOk();
        Assert.NotNull(server.Get<LoginTickets>().Read(ticket.Text));

        // The screen asks under the new key and is still known by its nonce.
        (await server.Ask(nonce)).AccessToken();
        (await server.Ask(nonce)).IsRefused("nonce_spent");

        // A handle that lives as long as any may.
        var longest = LoginTicket.Issue(old, "0123456789abcdef", server.Clock.Now + HandleKeys.LongestHandleLifetime, 1);
        await server.Pass(HandleKeys.LongestHandleLifetime - TimeSpan.FromSeconds(1));
        Assert.NotNull(server.Get<LoginTickets>().Read(longest.Text));
        Assert.True(ticketLife < HandleKeys.LongestHandleLifetime);

        await server.Pass(TimeSpan.FromMinutes(6));
        Assert.Null(server.Get<HandleKeys>().Ring.Find(old.Id));
        var late = QrChallenge.Issue(old, server.Get<QrAuthOptions>(), GapuraServer.ClientId, NewNonce(), server.Clock.Now.AddMinutes(1), 1);
        (await server.Approve(late.Text)).IsRefused("invalid_session");
        Assert.Null(server.Get<LoginTickets>().Read(LoginTicket.Issue(old, "0123456789abcdef", server.Clock.Now.AddMinutes(1), 1).Text));
    }
}
