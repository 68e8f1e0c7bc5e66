using System.Buffers;
using System.Text.Json;

namespace Gapura.Tokens;

/// <summary>What an ID token says (OpenID Connect Core 1.0 section 2): who, when and how, and nothing a userinfo call could say later.</summary>
internal sealed record IdToken
{
    /// <summary><c>sub</c>: what the person is called towards this platform.</summary>
    public required string Subject { get; init; }

    /// <summary><c>aud</c>: the platform it is for.</summary>
    public required string ClientId { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary><c>auth_time</c></summary>
    public required DateTimeOffset SignedInAt { get; init; }

    /// <summary><c>amr</c> (RFC 8176): <c>pwd</c>; <c>swk</c> and <c>user</c> for a phone.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary><c>acr</c>: how strongly, in one word.</summary>
    public required string Context { get; init; }

    /// <summary><c>sid</c>: what the browser's session is called towards this platform; null where there is none.</summary>
    public string? SessionId { get; init; }

    /// <summary>Claims of the person that were asked for here and not only at userinfo (section 5.5).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Claims { get; init; } = [];

    /// <summary>As the platform sent it; null when it sent none.</summary>
    public string? Nonce { get; init; }

    /// <summary>Left half of the SHA-256 of the access token beside it (section 3.1.3.6), base64url.</summary>
    public required string AccessTokenHash { get; init; }

    public ReadOnlyMemory<byte> Write(TokenOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss"u8, options.Issuer.Text);
            json.WriteString("sub"u8, Subject);
            json.WriteString("aud"u8, ClientId);
            json.WriteNumber("iat"u8, IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("exp"u8, ExpiresAt.ToUnixTimeSeconds());
            json.WriteNumber("auth_time"u8, SignedInAt.ToUnixTimeSeconds());
            json.WriteStartArray("amr"u8);
            foreach (var method in Methods) json.WriteStringValue(method);
            json.WriteEndArray();
            json.WriteString("acr"u8, Context);
            if (SessionId is not null) json.WriteString("sid"u8, SessionId);
            foreach (var (name, value) in Claims) json.WriteString(name, value);
            if (Nonce is not null) json.WriteString("nonce"u8, Nonce);
            json.WriteString("at_hash"u8, AccessTokenHash);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
