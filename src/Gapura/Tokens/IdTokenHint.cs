using System.Text.Json;

namespace Gapura.Tokens;

/// <summary>What an ID token that comes back to us says (<c>id_token_hint</c>), expired or not.</summary>
/// <param name="ClientId"><c>aud</c>: the platform it was made for.</param>
/// <param name="SessionId"><c>sid</c>; null where there was no browser's session.</param>
internal sealed record IdTokenHint(string Subject, string ClientId, string? SessionId)
{
    /// <summary>Reads claims that our own signature vouches for.</summary>
    /// <returns>Null for a token that was made under another name of this installation.</returns>
    public static IdTokenHint? Read(ReadOnlyMemory<byte> claims, TokenOptions options)
    {
        using var json = JsonDocument.Parse(claims);
        var root = json.RootElement;
        return root.GetProperty("iss").GetString() == options.Issuer.Text
            ? new IdTokenHint(root.GetProperty("sub").GetString()!, root.GetProperty("aud").GetString()!, root.TryGetProperty("sid", out var sid) ? sid.GetString() : null)
            : null;
    }
}
