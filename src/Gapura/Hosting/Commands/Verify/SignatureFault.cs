namespace Gapura.Hosting.Commands.Verify;

/// <summary>Why a signature's form cannot be read: the first byte that is not as DER must have it (X.690 chapter 10, SEC 1 v2 section C.8).</summary>
internal static class SignatureFault
{
    private const string Wanted = "the signature must be DER in hex: 30, length, 02, length, r, 02, length, s";

    /// <param name="der">The bytes of <paramref name="hex"/>; null when it is no hex.</param>
    public static string Explain(string hex, byte[]? der)
    {
        if (hex.Length == 0) return $"the signature is empty; {Wanted}.";
        if (hex.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return $"the signature begins with 0x; {Wanted}, without a prefix.";
        if (der is null)
        {
            return hex.All(char.IsAsciiHexDigit) ? $"the signature has an odd number of hex characters; {Wanted}."
                : hex.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' or '-' or '_') ? $"the signature is not hex; it looks like base64; {Wanted}."
                : $"the signature is not hex; {Wanted}.";
        }

        if (der.Length == 64 && !(der[0] == 0x30 && der[1] == 62)) return $"the signature is 64 bytes, r and s side by side (IEEE P1363); {Wanted}. Most libraries have a switch for it.";
        if (der.Length == 65 && der[0] != 0x30) return $"the signature is 65 bytes, the recoverable form of wallets; {Wanted}.";
        if (der[0] != 0x30) return $"the signature begins with {der[0]:x2}, not with 30 (SEQUENCE); {Wanted}.";
        if (der.Length < 2 || der[1] != der.Length - 2) return $"the signature says it has {(der.Length < 2 ? 0 : der[1])} bytes after its header but {Math.Max(0, der.Length - 2)} follow: it was cut off, something follows it, or its length is not in the one short form.";
        return Numbers(der.AsSpan(2));
    }

    private static string Numbers(ReadOnlySpan<byte> rest)
    {
        foreach (var name in (string[])["r", "s"])
        {
            if (rest.Length < 2 || rest[0] != 0x02) return $"the signature has no INTEGER (02) where {name} should be; {Wanted}.";
            int length = rest[1];
            if (length == 0) return $"{name} has no bytes.";
            if (length > rest.Length - 2) return $"{name} says it has {length} bytes but {rest.Length - 2} follow.";
            if (Number(name, rest.Slice(2, length)) is { } fault) return fault;
            rest = rest[(2 + length)..];
        }

        return rest.IsEmpty ? "r or s is not between 1 and n − 1, n being the order of the group." : $"{rest.Length} bytes follow after s, inside the SEQUENCE.";
    }

    private static string? Number(string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] >= 0x80) return $"{name} is negative: a number whose first bit is set needs a 00 before it.";
        if (bytes.Length > 1 && bytes[0] == 0 && bytes[1] < 0x80) return $"{name} has a 00 before it that it does not need: DER has one form for each number.";
        return bytes.TrimStart((byte)0).Length switch
        {
            0 => $"{name} is zero.",
            > 32 => $"{name} has more than 32 bytes.",
            _ => null,
        };
    }
}
