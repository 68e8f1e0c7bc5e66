using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;

namespace Gapura.Tokens;

/// <summary>A private key that tokens are signed with. Its id is the thumbprint of its public half (RFC 7638).</summary>
internal abstract class SigningKey
{
    private readonly ConcurrentDictionary<string, string> _headers = new(StringComparer.Ordinal);

    /// <summary><c>kid</c>: 43 characters of base64url.</summary>
    public abstract string Id { get; }

    public abstract SigningAlgorithm Algorithm { get; }

    /// <summary>Bytes of a signature: 64 of ES256, 256 of RS256.</summary>
    public abstract int SignatureLength { get; }

    /// <summary>The header of what it signs (RFC 7515 section 4), base64url: ours alone, and always written the same.</summary>
    /// <param name="type"><c>typ</c>: one of the few kinds of tokens there are.</param>
    public string Header(string type) => _headers.GetOrAdd(type, static (type, key) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"{{key.Algorithm.Name}}","typ":"{{type}}","kid":"{{key.Id}}"}""")), this);

    /// <param name="signature">Filled as RFC 7518 section 3 puts it into a token: r‖s for ES256.</param>
    public abstract void Sign(ReadOnlySpan<byte> data, Span<byte> signature);

    /// <returns>The signature alone.</returns>
    public byte[] Sign(byte[] data)
    {
        var signature = new byte[SignatureLength];
        Sign(data, signature);
        return signature;
    }

    public abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}
