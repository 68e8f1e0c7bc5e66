using System.Security.Claims;
using Gapura.Client.Tokens;
using Gapura.Client.Wire;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Gapura.Client.SignIn;

/// <summary>Turns a code into somebody who is signed in here.</summary>
internal sealed class People(GapuraClient client, IssuerKeys keys, IOptions<GapuraSignInOptions> options, TimeProvider time)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    // Under the names of access tokens, whichever way the server told it.
    private static readonly Dictionary<string, string> FromUserInfo = new(StringComparer.Ordinal)
    {
        ["sub"] = "sub", ["preferred_username"] = "username", ["npwp"] = "npwp", ["name"] = "name", ["email"] = "email", ["phone_number"] = "phone_number",
    };

    /// <param name="nonce">What the ID token must say; null where the page began the sign-in.</param>
    /// <exception cref="GapuraException">The code is not good, or the answer is not.</exception>
    public async Task<ClaimsPrincipal> SignIn(HttpContext context, string code, string verifier, string? redirectUri, string? nonce)
    {
        var ct = context.RequestAborted;
        var tokens = await client.RedeemCodeAsync(code, verifier, redirectUri, ct);
        List<Claim> claims = [new("iss", client.Issuer), new("client_id", client.ClientId), .. tokens.IdToken is { } idToken ? await ByIdToken(idToken, tokens.AccessToken, nonce, ct) : await ByAccessToken(tokens.AccessToken, ct)];
        var person = new ClaimsPrincipal(new ClaimsIdentity(claims, "Gapura", "username", "role"));

        var properties = new AuthenticationProperties { IsPersistent = false };
        if (options.Value.SaveTokens) properties.StoreTokens(Named(tokens));
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, person, properties);
        return person;
    }

    // The hall: the ID token says who and how, userinfo what they agreed to tell.
    private async Task<IEnumerable<Claim>> ByIdToken(string text, string accessToken, string? nonce, CancellationToken ct)
    {
        var (token, problem) = await new TokenCheck(keys, client.Issuer, time).Read(text, TokenKind.Id, client.ClientId, ClockSkew, ct);
        if (token is null) throw Bad("The ID token is not valid. " + problem);
        if (nonce is not null && !(token.TryGetPayloadValue<string>("nonce", out var said) && said == nonce)) throw Bad("The ID token is of another sign-in.");

        var told = await client.UserInfo(accessToken, ct);
        if (GapuraHttp.Text(told, "sub") != token.Subject) throw Bad("The ID token and userinfo speak of different people.");
        return token.Claims.Where(c => c.Type is "acr" or "amr" or "auth_time" or "sid").Select(c => new Claim(c.Type, c.Value))
            .Concat(FromUserInfo.Where(n => GapuraHttp.Text(told, n.Key) is { Length: > 0 }).Select(n => new Claim(n.Value, GapuraHttp.Text(told, n.Key)!)));
    }

    // The popup: its access token is made for this platform and names the person.
    private async Task<IEnumerable<Claim>> ByAccessToken(string text, CancellationToken ct)
    {
        var (token, problem) = await new TokenCheck(keys, client.Issuer, time).Read(text, TokenKind.Access, audience: null, ClockSkew, ct);
        if (token is null) throw Bad("The access token is not valid. " + problem);
        if (!(token.TryGetPayloadValue<string>("client_id", out var to) && to == client.ClientId)) throw Bad("The access token is another platform's.");
        return token.Claims.Where(c => c.Type is "sub" or "username" or "npwp" or "auth_time" && c.Value.Length > 0).Select(c => new Claim(c.Type, c.Value));
    }

    private IEnumerable<AuthenticationToken> Named(TokenSet tokens)
    {
        yield return new() { Name = "access_token", Value = tokens.AccessToken };
        yield return new() { Name = "expires_at", Value = time.GetUtcNow().AddSeconds(tokens.ExpiresIn).ToString("o") };
        if (tokens.RefreshToken is { } refresh) yield return new() { Name = "refresh_token", Value = refresh };
        if (tokens.IdToken is { } id) yield return new() { Name = "id_token", Value = id };
    }

    private static GapuraException Bad(string sentence) => new("invalid_answer", 200, sentence, "Begin the sign-in again. If it stays so, is the issuer the server you mean?");
}
