using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Gapura.OpenId.Clients;

/// <summary>
/// What a stranger signed, in compact form (RFC 7515 section 7.1), taken apart and not yet believed. Strict: base64url in
/// its one form, no member twice, no extension that must be understood (<c>crit</c>).
/// </summary>
internal sealed class SignedText
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private SignedText(Members header, Members claims, byte[] signedBytes, byte[] signature) =>
        (Header, Claims, SignedBytes, Signature) = (header, claims, signedBytes, signature);

    public Members Header { get; }

    public Members Claims { get; }

    /// <summary>What the signature is over: the first two parts and the dot between them.</summary>
    public byte[] SignedBytes { get; }

    public byte[] Signature { get; }

    /// <summary><c>alg</c></summary>
    public string Algorithm => Header.Text("alg") ?? "";

    /// <summary><c>kid</c>; null when it names none.</summary>
    public string? KeyId => Header.Text("kid");

    /// <summary><c>typ</c> without the prefix that may be left out (RFC 7515 section 4.1.9), in lower case; null when it names none.</summary>
    public string? Type => Header.Text("typ")?.ToLowerInvariant() is { } type ? (type.StartsWith("application/", StringComparison.Ordinal) ? type[12..] : type) : null;

    /// <param name="longest">Characters.</param>
    /// <returns>Null for anything that is not a signed JSON object.</returns>
    public static SignedText? Read(string text, int longest)
    {
        if (text.Length > longest || text.Split('.') is not [var header, var claims, var signature]) return null;
        if (Decode(header) is not { } headerBytes || Decode(claims) is not { } claimBytes || Decode(signature) is not { } signatureBytes) return null;
        if (Parse(headerBytes) is not { } head || Parse(claimBytes) is not { } body || head.Has("crit")) return null;
        return new SignedText(head, body, Encoding.ASCII.GetBytes($"{header}.{claims}"), signatureBytes);
    }

    private static byte[]? Decode(string part)
    {
        if (!Base64Url.IsValid(part)) return null;
        var bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part ? bytes : null;
    }

    private static Members? Parse(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes)) return null;
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new Members(document.RootElement.Clone()) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what the framework throws for an escape of half a surrogate pair.
            return null;
        }
    }
}
