using System.Buffers.Text;
using System.Text;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Storage;
using Gapura.Tests.QrAuth;
using Gapura.Tokens;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.Sessions;

/// <summary>A page of ours that takes what a phone approved: exactly what the phone showed, once, while it is fresh.</summary>
public abstract class PhoneDoorContract(GapuraServer server)
{
    private protected const string No = "What your phone approved can no longer be used to sign in here.";

    private protected GapuraServer Server { get; } = server;

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The platform a phone shows for this page.</summary>
    private protected abstract string ClientId { get; }

    /// <summary>Another one.</summary>
    private protected abstract string OtherClientId { get; }

    /// <summary>Sends the page's form with what was collected.</summary>
    private protected abstract Task<Reply> Bring(Browser browser, string accessToken);

    private protected abstract void IsSignedIn(Browser browser, Reply reply);

    [Fact]
    public async Task What_the_phone_approved_signs_in() => await SignsIn(await Collected(ClientId));

    [Fact]
    public async Task It_signs_in_once_whichever_of_its_tokens_comes()
    {
        var collected = await Server.SignIn(new LiveScreen(Server, ClientId));
        await SignsIn(collected.AccessToken());
        await IsRefused(collected.AccessToken());
        await IsRefused(await Renewed(collected));
    }

    [Fact]
    public async Task Of_two_forms_at_the_same_moment_one_signs_in()
    {
        var token = await Collected(ClientId);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Bring(new Browser(Server), token)));
        Assert.Equal(7, replies.Count(r => r.Status == 403));
    }

    [Fact]
    public async Task Another_platforms_approval_does_not() => await IsRefused(await Collected(OtherClientId));

    [Fact]
    public async Task A_password_sign_ins_token_does_not()
    {
        var grant = new Grant { Id = PublicId.New(Server.Clock), AccountId = Server.Account.Id, ClientId = ClientId, Door = Door.Seamless, GrantedAt = Server.Clock.Now };
        await Server.Database.Write(sql => Server.Get<Grants>().Add(sql, grant), Ct);
        await IsRefused(Server.Get<Mint>().AccessToken(grant).Reveal());
    }

    [Fact]
    public async Task Two_minutes_after_the_approval_it_still_does()
    {
        var token = await Collected(ClientId);
        Server.Clock.Pass(TimeSpan.FromMinutes(2));
        await SignsIn(token);
    }

    [Fact]
    public async Task Later_it_does_not_even_with_a_token_that_was_renewed()
    {
        var collected = await Server.SignIn(new LiveScreen(Server, ClientId));
        Server.Clock.Pass(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(1));
        await IsRefused(collected.AccessToken());
        await IsRefused(await Renewed(collected));
    }

    [Fact]
    public async Task A_revoked_sign_in_does_not()
    {
        var token = await Collected(ClientId);
        var grant = Claims(token).GetProperty("grant_id").GetString()!;
        await Server.Database.Write(sql => Server.Get<Grants>().Revoke(sql, grant), Ct);
        await IsRefused(token);
    }

    [Fact]
    public async Task A_revoked_phones_approval_does_not()
    {
        using var phone = new Phone();
        var device = await Server.Enrol(Server.Account, phone);
        var token = await Collected(ClientId, phone);
        Assert.True(await Server.Get<DeviceRegister>().Revoke(device, Server.Account.Id, Gapura.Audit.Hand.Operator, Ct));
        await IsRefused(token);
    }

    [Fact]
    public async Task A_disabled_persons_approval_does_not()
    {
        using var phone = new Phone();
        var account = await Server.AddAccount("orang" + PublicId.New(Server.Clock)[^8..].ToLowerInvariant());
        await Server.Enrol(account, phone);
        var token = await Collected(ClientId, phone);
        await Server.Disable(account);
        await IsRefused(token);
    }

    [Fact]
    public async Task A_forged_token_does_not()
    {
        var token = await Collected(ClientId);
        var parts = token.Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        string[] forged =
        [
            "", "x", "..", Slip.In(token), token + "A", $"{parts[0]}.{parts[1]}.",
            $"{Base64Url.EncodeToString("""{"alg":"none","typ":"at+jwt"}"""u8)}.{parts[1]}.", $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.Replace("\"auth_time\":", "\"auth_time\":9", StringComparison.Ordinal)))}.{parts[2]}",
            new string('a', 9000),
        ];
        foreach (var each in forged) await IsRefused(each);
        await SignsIn(token);
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData(null, "https://evil.example")]
    public async Task A_form_from_another_site_does_not(string? fetchSite, string? origin)
    {
        var token = await Collected(ClientId);
        var rows = await Server.Rows();
        (await Bring(new Browser(Server) { FetchSite = fetchSite, Origin = origin }, token)).IsPage("This form cannot be accepted", 403);
        Assert.Equal(rows, await Server.Rows());
        await SignsIn(token);
    }

    [Fact]
    public async Task The_refusal_is_the_page_again_in_the_persons_language()
    {
        var browser = new Browser(Server) { AcceptLanguage = "id" };
        var page = (await Bring(browser, "x")).IsPage("Persetujuan dari ponsel Anda tidak dapat dipakai lagi untuk masuk di sini.", 403);
        Assert.Contains("name=\"password\"", page.Text, StringComparison.Ordinal);
        Assert.Contains($"data-client=\"{ClientId}\"", page.Text, StringComparison.Ordinal);
    }

    /// <returns>The access token a screen collects after the phone approved.</returns>
    private protected async Task<string> Collected(string clientId, Phone? phone = null) =>
        (await Server.SignIn(new LiveScreen(Server, clientId), phone)).AccessToken();

    private protected async Task SignsIn(string token)
    {
        var browser = new Browser(Server);
        IsSignedIn(browser, await Bring(browser, token));
    }

    private async Task IsRefused(string token)
    {
        var browser = new Browser(Server);
        var rows = await Server.Rows();
        (await Bring(browser, token)).IsPage(No, 403);
        Assert.Equal(rows, await Server.Rows());
        Assert.DoesNotContain("gapura-session", browser.Cookies.Keys);
    }

    private async Task<string> Renewed(Reply collected) =>
        (await Server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", collected.RefreshToken()), ("client_id", ClientId)])).IsOk().Json.GetProperty("access_token").GetString()!;
}
