namespace Gapura.Tokens;

/// <summary>The key a token is bound to: whoever shows the token must show the key as well.</summary>
/// <param name="Method">Member of <c>cnf</c>: <c>jkt</c> (RFC 9449 section 6.1) or <c>x5t#S256</c> (RFC 8705 section 3.1).</param>
/// <param name="Thumbprint">SHA-256, base64url, 43 characters.</param>
internal sealed record SenderKey(string Method, string Thumbprint)
{
    public const string Dpop = "jkt";
    public const string Certificate = "x5t#S256";

    /// <summary>As <see cref="ToString"/> wrote it.</summary>
    public static SenderKey? Read(string? text) => text?.Split(':', 2) is [var method, var thumbprint] ? new(method, thumbprint) : null;

    public override string ToString() => $"{Method}:{Thumbprint}";
}
