using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;

namespace Gapura.OpenId.Clients;

/// <summary>A proof of possession (RFC 9449 section 4.2): a text for one request, signed with the key that is named in it.</summary>
internal sealed class DpopProof
{
    public const string Header = "DPoP";
    private const int Longest = 8_192;
    private const int LongestId = 200;
    private readonly Members _claims;

    private DpopProof(Members claims, string thumbprint) => (_claims, Thumbprint) = (claims, thumbprint);

    /// <summary>Of its key (RFC 7638): <c>jkt</c>.</summary>
    public string Thumbprint { get; }

    /// <summary><c>jti</c>; empty in one that does not hold.</summary>
    public string Id => _claims.Text("jti") ?? "";

    /// <summary>Null in one that does not hold.</summary>
    public DateTimeOffset? IssuedAt => _claims.Instant("iat");

    /// <summary>Ours, sent back; null when there is none.</summary>
    public string? Nonce => _claims.Text("nonce");

    /// <summary>What can be told from the text alone: checks 2 to 7 of RFC 9449 section 4.3.</summary>
    /// <returns>The proof, or what is wrong with it.</returns>
    public static (DpopProof? Proof, string? Problem) Read(string text)
    {
        if (SignedText.Read(text, Longest) is not { } signed) return (null, "It is not a signed JWT.");
        if (signed.Type != "dpop+jwt") return (null, "typ must be dpop+jwt.");
        if (!AcceptedAlgorithms.Strict.Contains(signed.Algorithm)) return (null, $"alg must be {string.Join(" or ", AcceptedAlgorithms.Strict)}.");
        if (!signed.Header.Root.TryGetProperty("jwk", out var jwk)) return (null, "jwk is missing.");
        var (key, problem) = ClientKey.Read(jwk);
        if (key is null) return (null, $"jwk: {problem}");
        return key.Verify(signed) ? (new DpopProof(signed.Claims, key.Thumbprint), null) : (null, "The signature is not by its jwk.");
    }

    /// <summary>Whether it is for this request: checks 3, 8, 9 and 12a. When it is good is <see cref="DpopTimes"/>' question.</summary>
    /// <param name="here">The address that was called, as the outside knows it.</param>
    /// <param name="accessToken">What is shown with it; null where none is.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Problem(string method, Uri here, Secret? accessToken)
    {
        if (Id.Length is < 1 or > LongestId) return $"jti must be 1 to {LongestId} characters.";
        if (IssuedAt is null) return "iat is missing.";
        if (_claims.Text("htm") != method) return "htm is not this request's method.";
        if (_claims.Text("htu") is not { } address || !IsSame(address, here)) return $"htu is not this address, {here}.";
        if (accessToken is { } token && _claims.Text("ath") != Hash(token)) return "ath is not the hash of the access token.";
        return null;
    }

    /// <summary>A proof is a JWT: what it says of its own time holds as well.</summary>
    public bool IsOver(DateTimeOffset now) =>
        (_claims.Has("exp") && (_claims.Instant("exp") is not { } end || now >= end + SignedTimes.Skew))
        || (_claims.Has("nbf") && (_claims.Instant("nbf") is not { } from || now < from - SignedTimes.Skew));

    // Without query and fragment, and normalised as RFC 3986 section 6.2.2 and 6.2.3 say.
    private static bool IsSame(string address, Uri here) =>
        address.Length <= 2_000 && Uri.TryCreate(address, UriKind.Absolute, out var there) && there.UserInfo.Length == 0
        && there.Scheme == here.Scheme && there.Host == here.Host && there.Port == here.Port && there.AbsolutePath == here.AbsolutePath;

    private static string Hash(Secret token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token.Reveal())));
}
