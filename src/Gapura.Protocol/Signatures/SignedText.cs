using System.Buffers;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace Gapura.Protocol.Signatures;

/// <summary>What the wire carries: a text that was signed, and its signature in hex. Nothing here throws on what it reads.</summary>
public static class SignedText
{
    /// <summary>Longest signature, in hex characters.</summary>
    public const int MaxSignatureHexLength = 2 * DerSignature.MaxLength;

    /// <summary>Texts longer than this many UTF-16 characters are refused; a session id has little more than a hundred.</summary>
    public const int MaxTextLength = 1024;

    /// <summary>Writes SHA-256 of the text's UTF-8 bytes, 32 bytes.</summary>
    /// <returns>False when the text is longer than <see cref="MaxTextLength"/> or has an unpaired surrogate, which has no UTF-8.</returns>
    /// <exception cref="ArgumentException">The destination is shorter than 32 bytes.</exception>
    public static bool TryHash(ReadOnlySpan<char> text, Span<byte> sha256Hash)
    {
        if (text.Length > MaxTextLength)
            return false;
        Span<byte> utf8 = stackalloc byte[3 * MaxTextLength];
        if (Utf8.FromUtf16(text, utf8, out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
            return false;
        SHA256.HashData(utf8[..written], sha256Hash);
        return true;
    }

    /// <summary>Reads an even number of hex characters of either case, at most <see cref="MaxSignatureHexLength"/>.</summary>
    /// <param name="hex">As it came; what the bytes mean is not looked at.</param>
    /// <param name="der">At least <see cref="DerSignature.MaxLength"/> bytes.</param>
    /// <param name="length">Bytes written; 0 when it returns false.</param>
    public static bool TryReadSignature(ReadOnlySpan<char> hex, Span<byte> der, out int length)
    {
        length = 0;
        if (hex.IsEmpty || hex.Length > MaxSignatureHexLength || der.Length < hex.Length / 2)
            return false;
        if (Convert.FromHexString(hex, der, out var consumed, out var written) != OperationStatus.Done
            || consumed != hex.Length)
            return false;
        length = written;
        return true;
    }

    /// <summary>Whether the key signed the text. False, never an exception, for whatever cannot be read; null reads as empty.</summary>
    public static bool VerifyText(
        this ISignatureVerifier verifier, DevicePublicKey key, string? text, string? signatureHex)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> der = stackalloc byte[DerSignature.MaxLength];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return TryReadSignature(signatureHex, der, out var length)
            && TryHash(text, hash)
            && verifier.Verify(key, hash, der[..length]);
    }
}
