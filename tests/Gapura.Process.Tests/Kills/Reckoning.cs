using System.Net;
using Gapura.Process.Tests.Running;

namespace Gapura.Process.Tests.Kills;

/// <summary>Holds a server that has come back to everything it had said before it went.</summary>
internal sealed class Reckoning(Installed installed, Client client, Promises promises)
{
    private static readonly ParallelOptions AFew = new() { MaxDegreeOfParallelism = 16 };

    // The server's grace is 30 s; a slow machine must not turn a late question into a wrong answer.
    private static readonly TimeSpan SurelyInGrace = TimeSpan.FromSeconds(20);

    public async Task Check()
    {
        // Refresh tokens first: their grace is short. Grants end in it, so what is asked about those comes before.
        await Parallel.ForEachAsync(promises.Chains.Where(c => c.SinceRotation < SurelyInGrace), AFew, async (chain, _) => await InGrace(chain));
        await Parallel.ForEachAsync(promises.AccessTokens, AFew, async (token, _) => Assert.True(await client.IsActive(token, installed.CustomsKey), "the grant of an answered token is gone"));
        await Parallel.ForEachAsync(promises.QrSignIns, AFew, async (signIn, _) => await Qr(signIn));
        foreach (var popup in promises.Popups) await Popup(popup);
        await Parallel.ForEachAsync(promises.Chains.Where(c => !c.IsUnknown), AFew, async (chain, _) => await Reuse(chain));
    }

    private async Task InGrace(Chain chain)
    {
        if (!chain.IsUnknown && chain.Tokens.Count > 1)
        {
            // Whoever lost the last answer asks again, and is told the same.
            var again = await client.Refresh(chain.Tokens[^2]);
            Assert.True(again.IsOk, $"the predecessor in its grace: {again.Body}");
            Assert.Equal(chain.Tokens[^1], again.Text("refresh_token"));
        }

        if (chain.Tokens.Count == 1 && !chain.IsUnknown) return;
        var next = await client.Refresh(chain.Tokens[^1]);
        Assert.True(next.IsOk, $"a refresh token that was answered, or whose trade got no answer: {next.Body}");
        chain.Add(next.Text("refresh_token"));
    }

    private async Task Qr(QrSignIn signIn)
    {
        var repeated = await client.Authenticate(signIn.SessionId, signIn.Phone);
        if (signIn.Approved == Asking.Answered || !repeated.IsOk)
        {
            Assert.Equal(HttpStatusCode.BadRequest, repeated.Status);
            Assert.Equal("already_authenticated", repeated.Error);
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => client.QrAuth(signIn.Nonce)));
        var delivered = claims.Count(c => c.IsOk && c.Json.TryGetProperty("accessToken", out _));
        Assert.All(claims.Where(c => !c.IsOk), c => Assert.Equal("nonce_spent", c.Error));
        Assert.Equal(delivered, claims.Count(c => c.IsOk));
        switch (signIn.Claimed)
        {
            case Asking.Answered: Assert.True(delivered == 0, "a claimed nonce was delivered again"); break;
            case Asking.NotAsked: Assert.True(delivered == 1, $"an approved sign-in was delivered {delivered} times: {claims[0].Body}"); break;
            default: Assert.InRange(delivered, 0, 1); break;
        }
    }

    private async Task Popup(PopupSignIn popup)
    {
        var opened = await client.OpenPopup(popup.Ticket);
        var again = await client.SignIn(popup.Ticket, popup.Username);
        if (popup.Completed == Asking.Answered || !opened.IsOk)
        {
            Assert.Equal(HttpStatusCode.Forbidden, opened.Status);
            Assert.Equal(HttpStatusCode.Forbidden, again.Status);
        }
        else
        {
            Assert.True(again.IsOk, "a ticket nobody has spent still signs in");
        }
    }

    private async Task Reuse(Chain chain)
    {
        if (chain.Tokens.Count < 3)
        {
            var next = await client.Refresh(chain.Tokens[^1]);
            Assert.True(next.IsOk, $"a refresh token that was answered: {next.Body}");
            return;
        }

        // Traded twice ago: stolen, or as good as. The whole grant ends.
        Assert.Equal("invalid_grant", (await client.Refresh(chain.Tokens[^3])).Error);
        Assert.Equal("invalid_grant", (await client.Refresh(chain.Tokens[^1])).Error);
    }
}
