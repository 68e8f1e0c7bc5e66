using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>A shop whose page opens popups with more than the documented parameters: its page, its return page and its backend.</summary>
internal sealed partial class PopupFlow(GapuraServer server)
{
    public const string ClientId = "toko";
    public const string Domain = "https://toko.example.com";
    public const string FurtherOrigin = "https://kasir.toko.example.com";
    public const string ReturnPage = "https://toko.example.com/kembali";
    public const string ReturnPageWithQuery = "https://toko.example.com/masuk?dari=gapura&bahasa=id";

    public static (string, string?)[] Backend { get; } = [("response_type", "code"), ("redirect_uri", null)];

    public static (string, string?)[] WholePage { get; } = [("display", "page")];

    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public Browser Browser { get; init; } = new(server);

    public string Key { get; private set; } = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Registers the shop, or another one of this name, and gives it a key.</summary>
    public static async Task<PopupFlow> At(GapuraServer server, string clientId = ClientId, ClientSettings? client = null)
    {
        var platforms = server.Get<PlatformRegister>();
        if (platforms.Active(clientId) is null)
            Assert.True(await platforms.TryAdd(new Platform
            {
                ClientId = clientId, Name = "Toko", Company = "PT Toko", Domain = Seed.Origin(Domain), Origins = [Seed.Origin(FurtherOrigin)],
                RedirectUris = [ReturnPage, ReturnPageWithQuery, "http://127.0.0.1/kembali"], Client = client ?? ClientSettings.Usual, CreatedAt = server.Clock.Now,
            }, Ct));
        await server.Get<ApiKeys>().RevokeAll(clientId, Ct);
        var key = (await server.Get<ApiKeys>().Issue(clientId, null, Ct))!.Value.Key.Reveal();
        await server.Follow();
        return new PopupFlow(server) { Key = key };
    }

    /// <summary>The usual: a return page, should the popup not reach the page that opened it.</summary>
    public string Query(params (string Name, string? Value)[] changed) => string.Concat(Fields(changed).Select(f => $"&{f.Name}={Uri.EscapeDataString(f.Value)}"));

    /// <summary>The same, for a form.</summary>
    public IEnumerable<(string Name, string Value)> Fields(params (string Name, string? Value)[] changed)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["state"] = "keranjang 7", ["redirect_uri"] = ReturnPage, ["code_challenge_method"] = "S256",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
        };
        foreach (var (name, value) in changed) all[name] = value;
        return all.Where(p => p.Value is not null).Select(p => (p.Key, p.Value!));
    }

    public async Task<Reply> Open(params (string Name, string? Value)[] changed) => await Browser.OpenPopup(await server.Ticket(Key), Query(changed));

    /// <summary>From the ticket to the last answer of the popup.</summary>
    public async Task<Reply> SignIn(params (string Name, string? Value)[] changed) => await Browser.SignInAt(await Open(changed));

    /// <summary>The address of the return page, whichever way the popup says it.</summary>
    public async Task<string> ToReturn(params (string Name, string? Value)[] changed)
    {
        var reply = await SignIn(changed);
        return reply["Location"] ?? Envelope(reply).GetProperty("return").GetString()!;
    }

    public async Task<string> Code(params (string Name, string? Value)[] changed) => Answer(await ToReturn(changed))["code"];

    /// <summary>The code in the message of <c>response_type=code</c>.</summary>
    public async Task<string> MessageCode(params (string Name, string? Value)[] changed) =>
        (await SignIn([.. Backend, .. changed])).Message().Message.GetProperty("code").GetString()!;

    /// <summary>What the return page does.</summary>
    public Task<Reply> Collect(string code, string? verifier = null, string? origin = Domain) => server.PostForm(
        "/seamlesslogin/collect", [("code", code), ("code_verifier", verifier ?? Verifier)], origin is null ? [] : [("Origin", origin)]);

    /// <summary>What the backend does.</summary>
    public Task<Reply> Redeem(string code, params (string Name, string? Value)[] changed)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["code_verifier"] = Verifier, ["client_id"] = ClientId, ["client_secret"] = Key,
        };
        foreach (var (name, value) in changed) all[name] = value;
        return server.PostForm("/oauth/token", all.Where(p => p.Value is not null).Select(p => (p.Key, p.Value!)));
    }

    public async Task<bool> IsActive(string accessToken) =>
        (await server.PostForm("/oauth/introspect", [("token", accessToken)], ("beacukai-api-key", server.ResourceApiKey))).IsOk().Json.GetProperty("active").GetBoolean();

    public static Dictionary<string, string> Answer(string address) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);

    /// <summary>The whole of what the message page's script finds.</summary>
    public static JsonElement Envelope(Reply page)
    {
        Assert.True(page.Status == 200, page.Text);
        return JsonDocument.Parse(Block().Match(page.Text).Groups["json"].Value).RootElement;
    }

    [GeneratedRegex("<script type=\"application/json\" id=\"message\">(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
