namespace Gapura.Tokens;

/// <summary>A private key that tokens are signed with. Its id is the thumbprint of its public half (RFC 7638).</summary>
internal abstract class SigningKey
{
    /// <summary><c>kid</c>: 43 characters of base64url.</summary>
    public abstract string Id { get; }

    public abstract SigningAlgorithm Algorithm { get; }

    /// <returns>As RFC 7518 section 3 puts it into a token: 64 bytes r‖s for ES256, 256 bytes for RS256.</returns>
    public abstract byte[] Sign(byte[] data);

    public abstract bool Verify(byte[] data, byte[] signature);
}
