using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gapura.Kernel;

/// <summary>A text that signs somebody in. It prints as <c>***</c>; only <see cref="Reveal"/> gives it away.</summary>
internal readonly struct Secret(string value) : IEquatable<Secret>
{
    private readonly string? _value = value;

    /// <summary>256 random bits in base64url, 43 characters, behind a prefix that secret scanners can find.</summary>
    public static Secret New(string prefix) => new(prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>The text itself, for the one place that hands it out.</summary>
    public string Reveal() => _value ?? "";

    /// <summary>SHA-256 of the UTF-8 bytes, 32 bytes: what is stored. Enough for 256 random bits; never for passwords.</summary>
    public byte[] Hash()
    {
        var hash = new byte[TextHash.Length];
        TextHash.Of(Reveal(), hash);
        return hash;
    }

    public bool Equals(Secret other) => CryptographicOperations.FixedTimeEquals(Hash(), other.Hash());

    public override bool Equals(object? obj) => obj is Secret other && Equals(other);

    public override int GetHashCode() => BitConverter.ToInt32(Hash());

    public override string ToString() => "***";

    public static bool operator ==(Secret left, Secret right) => left.Equals(right);

    public static bool operator !=(Secret left, Secret right) => !left.Equals(right);
}
