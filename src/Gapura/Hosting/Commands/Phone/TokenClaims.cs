using System.Buffers.Text;
using System.Text.Json;

namespace Gapura.Hosting.Commands.Phone;

/// <summary>The readable middle of the access token that an approval brings, for a person's eyes: nothing here is checked.</summary>
internal sealed record TokenClaims(JsonElement Claims)
{
    public string? Nonce => Wire.Text(Claims, "nonce");

    /// <returns>Null when the answer carries no access token that can be read.</returns>
    public static TokenClaims? Of(JsonElement answer)
    {
        if (Wire.Member(answer, "data") is not { } data || Wire.Text(data, "accessToken")?.Split('.') is not [_, var middle, _]) return null;
        try
        {
            return new TokenClaims(JsonSerializer.Deserialize(Base64Url.DecodeFromChars(middle), CommandJson.Plain.JsonElement));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    public IReadOnlyList<(string Name, string? Value)> Facts() =>
    [
        ("Issuer", Shown("iss")), ("Platform", Shown("client_id") ?? Shown("aud")), ("Account", Shown("sub")),
        ("Token id", Shown("jti")), ("Expires", Answer.Minute(Wire.Instant(Claims, "exp"))), ("Nonce", "ours"),
    ];

    private string? Shown(string name) => Wire.Text(Claims, name) is { } text ? Plain.Text(text) : null;
}
