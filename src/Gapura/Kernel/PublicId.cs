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
        return Written(time.GetUtcNow(), BinaryPrimitives.ReadUInt128BigEndian(bytes) >> 48);
    }

    /// <summary>Sorts before every identifier made at this instant or later, and after every earlier one.</summary>
    public static string First(DateTimeOffset at) => Written(at, 0);

    private static string Written(DateTimeOffset at, UInt128 random) =>
        string.Create(26, ((UInt128)(ulong)at.ToUnixTimeMilliseconds() << 80) | random, static (text, value) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, value >>= 5) text[i] = Alphabet[(int)(value & 31)];
        });
}
