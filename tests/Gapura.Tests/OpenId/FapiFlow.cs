using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Gapura.Tests.OpenId.Clients;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.Tests.OpenId;

/// <summary>A platform that follows FAPI 2.0's Security Profile: what its backend pushes and redeems, and the person's browser between.</summary>
internal sealed class FapiFlow : IDisposable
{
    private readonly GapuraServer _server;
    private readonly Signer _signer, _holder;

    private FapiFlow(GapuraServer server, Signer signer, SigningClient client)
    {
        (_server, _signer, Client, _holder) = (server, signer, client, Signer.Es256());
        (Key, Code) = (new DpopKey(server, _holder), new CodeFlow(server));
    }

    public SigningClient Client { get; }

    /// <summary>The key its tokens are bound to.</summary>
    public DpopKey Key { get; }

    public CodeFlow Code { get; }

    /// <summary>What signs its assertions and requests.</summary>
    public Signer Signer => _signer;

    /// <summary>As the server gives it with any answer to a proof.</summary>
    public string Nonce => _server.Get<DpopNonces>().Current();

    public static async Task<FapiFlow> Start(GapuraServer server, Func<ClientSettings, ClientSettings>? change = null)
    {
        var signer = Signer.Es256();
        return new FapiFlow(server, signer, await SigningClient.Register(server, signer, s => (change ?? (same => same))(s with { RequirePushedRequests = true, DpopBound = true })));
    }

    /// <summary>What the address would say, and an assertion.</summary>
    public Dictionary<string, string?> Fields(params (string Name, string? Value)[] changed)
    {
        var all = QueryHelpers.ParseQuery(Code.Query(("client_id", Client.ClientId))).ToDictionary(p => p.Key, p => (string?)p.Value.ToString(), StringComparer.Ordinal);
        (all["client_assertion_type"], all["client_assertion"]) = (SigningClient.AssertionType, Client.Assertion());
        foreach (var (name, value) in changed) all[name] = value;
        return all;
    }

    public Task<Reply> Push(params (string Name, string? Value)[] changed) => PushWith([], changed);

    public Task<Reply> PushWith((string Name, string Value)[] headers, params (string Name, string? Value)[] changed) =>
        _server.PostForm("/oauth/par", Fields(changed).Where(p => p.Value is not null).Select(p => (p.Key, p.Value!)), headers);

    public Task<Reply> Authorize(string requestUri, string? clientId = null) =>
        Code.Browser.Get($"/oauth/authorize?client_id={clientId ?? Client.ClientId}&request_uri={Uri.EscapeDataString(requestUri)}");

    /// <summary>From the push to the callback.</summary>
    public async Task<Dictionary<string, string>> ToCallback(params (string Name, string? Value)[] changed) => await Code.Follow(await Authorize((await Push(changed)).RequestUri()));

    /// <param name="key">Whose proof; its own when null.</param>
    public Task<Reply> Redeem(string code, DpopKey? key = null, params (string Name, string? Value)[] changed)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = CodeFlow.Callback, ["code_verifier"] = Code.Verifier,
            ["client_assertion_type"] = SigningClient.AssertionType, ["client_assertion"] = Client.Assertion(),
        };
        foreach (var (name, value) in changed) all[name] = value;
        return (key ?? Key).Token(all.Where(p => p.Value is not null).Select(p => (p.Key, p.Value!)), ("nonce", Nonce));
    }

    public Task<Reply> Refresh(string refreshToken, DpopKey? key = null) => (key ?? Key).Token(
        [("grant_type", "refresh_token"), ("refresh_token", refreshToken), ("client_assertion_type", SigningClient.AssertionType), ("client_assertion", Client.Assertion())], ("nonce", Nonce));

    public void Dispose()
    {
        _signer.Dispose();
        _holder.Dispose();
    }
}

internal static class PushedReplies
{
    public static string RequestUri(this Reply reply)
    {
        Xunit.Assert.True(reply.Status == 201, $"{reply.Status} {reply.Text}");
        return reply.Json.GetProperty("request_uri").GetString()!;
    }
}
