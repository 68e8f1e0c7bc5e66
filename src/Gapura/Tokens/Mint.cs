using System.Buffers.Text;
using System.Text;
using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.Tokens;

/// <summary>
/// The one place tokens are made: access tokens as signed JWTs (RFC 9068, ES256) without a row, grants and refresh
/// tokens with one each.
/// </summary>
internal sealed class Mint(SigningKeys keys, Subjects subjects, PlatformRegister platforms, TokenOptions options, TimeProvider time)
{
    private readonly VerifiedTokens _verified = new();

    public int AccessTokenSeconds => (int)options.AccessTokenLifetime.TotalSeconds;

    /// <param name="claims">Adds what this flow says beyond who, for whom and until when.</param>
    public Secret AccessToken(Grant grant, Func<AccessToken, AccessToken>? claims = null)
    {
        var now = time.GetUtcNow();
        var token = new AccessToken
        {
            Id = PublicId.New(time), Subject = subjects.Of(grant.AccountId, grant.ClientId), ClientId = grant.ClientId, GrantId = grant.Id,
            IssuedAt = now, ExpiresAt = now + options.AccessTokenLifetime, SignedInAt = grant.SignedInAt ?? grant.GrantedAt, Scope = grant.Scope.Length > 0 ? grant.Scope : null, Sender = grant.Sender,
        };
        if (claims is not null) token = claims(token);
        return AccessToken(token);
    }

    /// <summary>A token that says exactly this: where no person gave it, or it is narrower than its grant.</summary>
    public Secret AccessToken(AccessToken token) => Signed(SigningAlgorithm.Es256, "at+jwt", (token.Audience is null && platforms.Active(token.ClientId) is { IsSandbox: true } ? token with { Audience = options.SandboxAudience } : token).Claims(options).Span);

    /// <summary>Who signed in, told to the platform itself (OpenID Connect Core 1.0 section 2). It opens nothing here.</summary>
    /// <param name="algorithm">What the platform registered; null for the usual.</param>
    public Secret IdToken(IdToken token, string? algorithm) => Signed(SigningAlgorithm.OfIdToken(algorithm), "JWT", token.Write(options).Span);

    /// <summary>That a session is over, told to the platform itself.</summary>
    /// <param name="algorithm">As for its ID tokens.</param>
    public Secret LogoutToken(LogoutToken token, string? algorithm) => Signed(SigningAlgorithm.OfIdToken(algorithm), "logout+jwt", token.Write(options).Span);

    /// <summary>Something we say to one party, signed: it opens nothing, because its type is no token's.</summary>
    /// <param name="type"><c>typ</c>, such as <c>token-introspection+jwt</c>.</param>
    /// <param name="claims">A JSON object in UTF-8.</param>
    public Secret Statement(string type, ReadOnlySpan<byte> claims) => Signed(SigningAlgorithm.Es256, type, claims);

    /// <summary>Reads a token of our own making that is for everybody of the ecosystem, and so for us.</summary>
    /// <returns>Null when we did not sign it, it has expired or is for one API alone. Whether its grant still stands is the caller's question.</returns>
    public AccessToken? Read(string text) => ReadForAnyone(text) is { } token && options.IsForAll(token.Audience) ? token : null;

    /// <summary>Reads a token of our own making, whoever it is for.</summary>
    /// <returns>Null when we did not sign it or it has expired.</returns>
    public AccessToken? ReadForAnyone(string text)
    {
        var published = keys.Published(SigningAlgorithm.Es256);
        if (_verified.Find(text) is { } known && published.Contains(known.Key)) return time.GetUtcNow() < known.Token.ExpiresAt ? known.Token : null;
        if (Verified(text, "at+jwt", published) is not { } found) return null;
        var token = Tokens.AccessToken.Read(found.Claims);
        if (time.GetUtcNow() >= token.ExpiresAt) return null;
        _verified.Add(text, found.Key, token);
        return token;
    }

    /// <summary>Reads an ID token of our own making, expired or not (OpenID Connect RP-Initiated Logout 1.0 section 4).</summary>
    /// <returns>Null when we did not sign it, or its key is long gone.</returns>
    public IdTokenHint? ReadIdToken(string text) => Verified(text, "JWT", keys.Kept) is { } found ? IdTokenHint.Read(found.Claims, options) : null;

    private static (SigningKey Key, byte[] Claims)? Verified(string text, string type, IEnumerable<SigningKey> keys)
    {
        if (text.Length > 8192 || text.Split('.') is not [var header, var claims, var signature]) return null;
        if (!TryDecode(claims, out var claimBytes) || !TryDecode(signature, out var signatureBytes)) return null;

        // Only headers we write ourselves are read: one comparison for each key, no algorithm to be chosen by the token.
        var key = keys.FirstOrDefault(k => k.Header(type) == header);
        return key?.Verify(Encoding.ASCII.GetBytes(text, 0, header.Length + 1 + claims.Length), signatureBytes) == true ? (key, claimBytes) : null;
    }

    // As it travels from the first byte on, so that what is signed and what is sent is one buffer.
    private Secret Signed(SigningAlgorithm algorithm, string type, ReadOnlySpan<byte> claims)
    {
        var key = keys.Current(algorithm);
        var header = key.Header(type);
        var signed = header.Length + 1 + Base64Url.GetEncodedLength(claims.Length);
        Span<byte> signature = stackalloc byte[key.SignatureLength];
        var text = new byte[signed + 1 + Base64Url.GetEncodedLength(signature.Length)];
        Encoding.ASCII.GetBytes(header, text);
        text[header.Length] = text[signed] = (byte)'.';
        Base64Url.EncodeToUtf8(claims, text.AsSpan(header.Length + 1));
        key.Sign(text.AsSpan(0, signed), signature);
        Base64Url.EncodeToUtf8(signature, text.AsSpan(signed + 1));
        return new Secret(Encoding.ASCII.GetString(text));
    }

    private static bool TryDecode(string part, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(part) || part.Contains('=', StringComparison.Ordinal) || part.Any(char.IsWhiteSpace)) return false;
        bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part;
    }
}
