using System.Text;
using System.Text.Json;

namespace Gapura.Hosting.Commands.Verify;

/// <summary>One line of <c>verify --stdin</c>.</summary>
/// <param name="Message">Null when its hex could not be read.</param>
internal sealed record SignedLine(string PublicKey, string Signature, byte[]? Message)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <returns>Null for anything but an object with the three strings; further members are let be.</returns>
    public static SignedLine? TryRead(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line.TrimStart('\uFEFF'), Strict);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "publicKey") is not { } key || Text(root, "signature") is not { } signature) return null;
            return (Text(root, "messageHex"), Text(root, "sessionId")) switch
            {
                ({ } hex, null) => new SignedLine(key, signature, Bytes(hex)),
                (null, { } text) => new SignedLine(key, signature, Encoding.UTF8.GetBytes(text)),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape that stands for half a character.
            return null;
        }
    }

    /// <returns>Null when this is not an even number of hex characters.</returns>
    public static byte[]? Bytes(string hex)
    {
        if (hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit)) return null;
        return Convert.FromHexString(hex);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
