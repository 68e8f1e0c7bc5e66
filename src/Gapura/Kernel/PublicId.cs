using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gapura.Kernel;

/// <summary>
/// An identifier that may be shown: 26 characters of Crockford's base 32, lower case; 48 bits of Unix milliseconds,
/// then 80 random bits. Time comes first because a B-tree takes ordered keys ten times as cheaply.
/// </summary>
internal static class PublicId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New(TimeProvider time)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        var milliseconds = (UInt128)(ulong)time.GetUtcNow().ToUnixTimeMilliseconds();
        var value = (milliseconds << 80) | (BinaryPrimitives.ReadUInt128BigEndian(bytes) >> 48);
        return string.Create(26, value, static (text, value) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, value >>= 5) text[i] = Alphabet[(int)(value & 31)];
        });
    }
}
