using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Gapura.Client.SignIn;

/// <summary>A sign-in under way, in a sealed cookie of the browser that began it: nothing is stored here.</summary>
/// <param name="State">Comes back in the address; 43 characters.</param>
/// <param name="Verifier">RFC 7636 section 4.1; 43 characters.</param>
/// <param name="Nonce">Comes back in the ID token.</param>
/// <param name="RedirectUri">Must be said again when the code is redeemed.</param>
/// <param name="ReturnUrl">Where the person wanted to go: a path of this site.</param>
internal sealed record Attempt(string State, string Verifier, string Nonce, string RedirectUri, string ReturnUrl, DateTimeOffset Expires)
{
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
}

/// <summary>Keeps attempts in cookies, one for each, so that two tabs do not disturb each other.</summary>
internal sealed class Attempts(IDataProtectionProvider protection, IOptions<GapuraSignInOptions> options, TimeProvider time)
{
    /// <summary>An hour, as long as the server lets somebody take.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const int Most = 5;
    private const string Prefix = "gapura.attempt.";
    private readonly IDataProtector _seal = protection.CreateProtector("Gapura.Client.SignIn.Attempts");

    public Attempt Begin(HttpContext context, string redirectUri, string returnUrl)
    {
        // Whoever begins again and again must not end with headers nobody accepts.
        var old = context.Request.Cookies.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        if (old.Count >= Most) old.ForEach(name => context.Response.Cookies.Delete(name, Cookie(context)));

        var attempt = new Attempt(New(), New(), New(), redirectUri, returnUrl, time.GetUtcNow() + Lifetime);
        var cookie = Cookie(context);
        cookie.MaxAge = Lifetime;
        context.Response.Cookies.Append(Name(attempt.State), _seal.Protect(JsonSerializer.Serialize(attempt)), cookie);
        return attempt;
    }

    /// <returns>The attempt of this browser with that state, which is over by this; null for any other.</returns>
    public Attempt? Take(HttpContext context, string state)
    {
        if (state.Length != 43 || context.Request.Cookies[Name(state)] is not { } sealedText) return null;
        context.Response.Cookies.Delete(Name(state), Cookie(context));
        try
        {
            return JsonSerializer.Deserialize<Attempt>(_seal.Unprotect(sealedText)) is { } attempt && attempt.State == state && time.GetUtcNow() < attempt.Expires ? attempt : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return null; // sealed by another site's keys, or altered
        }
    }

    private static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    // Lax: the way back is a navigation from another site.
    private CookieOptions Cookie(HttpContext context) => new() { HttpOnly = true, Secure = context.Request.IsHttps || options.Value.IsHttps, SameSite = SameSiteMode.Lax, Path = context.Request.PathBase.Add(SignInEndpoints.Root), IsEssential = true };

    private static string Name(string state) => Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, 8));
}
