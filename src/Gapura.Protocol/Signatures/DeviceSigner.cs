using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Protocol.Signatures;

/// <summary>
/// A phone's key pair, signing as phones do: ECDSA on secp256k1 over SHA-256 of the text's UTF-8 bytes, DER in lower-case
/// hex. The platform's own cryptography does it, because the arithmetic here must not be given a secret.
/// </summary>
public sealed class DeviceSigner : IDisposable
{
    // SEC 2, section 2.4.1.
    private static readonly ECCurve Secp256k1 = ECCurve.CreateFromValue("1.3.132.0.10");

    private readonly ECDsa _key;

    private DeviceSigner(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        PublicKey = "04" + Convert.ToHexStringLower(point.X!) + Convert.ToHexStringLower(point.Y!);
    }

    /// <summary>The uncompressed point, 130 hex characters, lower case.</summary>
    public string PublicKey { get; }

    /// <summary>A fresh key pair.</summary>
    /// <exception cref="PlatformNotSupportedException">The platform does not know the curve, as macOS does not.</exception>
    public static DeviceSigner New()
    {
        try
        {
            return new DeviceSigner(ECDsa.Create(Secp256k1));
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            throw Unknown(e);
        }
    }

    /// <param name="privateKeyHex">64 hex characters, a number from 1 to n − 1; false for anything else.</param>
    /// <exception cref="PlatformNotSupportedException">The platform does not know the curve, as macOS does not.</exception>
    public static bool TryRead(string? privateKeyHex, [NotNullWhen(true)] out DeviceSigner? signer)
    {
        signer = null;
        var secret = new byte[32];
        if (privateKeyHex?.Length != 64 || Convert.FromHexString(privateKeyHex, secret, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        if (!IsPrivateKey(secret)) return false;
        try
        {
            signer = new DeviceSigner(ECDsa.Create(new ECParameters { Curve = Secp256k1, D = secret }));
            return true;
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            throw Unknown(e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>64 hex characters. For a developer's phone only: a person's phone keeps its key to itself.</summary>
    public string RevealPrivateKey() => Convert.ToHexStringLower(_key.ExportParameters(includePrivateParameters: true).D!);

    /// <returns>The signature, DER in lower-case hex; each call makes another.</returns>
    public string Sign(string text) =>
        Convert.ToHexStringLower(_key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    public void Dispose() => _key.Dispose();

    // Said here and not left to the platform, whose complaints about a bad number and an unknown curve look alike.
    private static bool IsPrivateKey(ReadOnlySpan<byte> number) =>
        number.ContainsAnyExcept((byte)0) && number.SequenceCompareTo(Order) < 0;

    private static ReadOnlySpan<byte> Order =>
    [
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
        0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
    ];

    private static PlatformNotSupportedException Unknown(Exception e) =>
        new("This system's cryptography does not know the curve secp256k1: .NET signs with it on Linux and Windows, not on macOS.", e);
}
