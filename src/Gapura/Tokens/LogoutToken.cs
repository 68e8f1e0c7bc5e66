using System.Buffers;
using System.Text.Json;

namespace Gapura.Tokens;

/// <summary>Tells a platform that a session is over (OpenID Connect Back-Channel Logout 1.0 section 2.4). It never has a nonce: nobody can pass it for an ID token.</summary>
internal sealed record LogoutToken
{
    public const string Event = "http://schemas.openid.net/event/backchannel-logout";

    /// <summary>Longest that may lie between the making and the reading of one.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary><c>jti</c></summary>
    public required string Id { get; init; }

    /// <summary><c>sub</c>: what the person is called towards this platform.</summary>
    public required string Subject { get; init; }

    /// <summary><c>aud</c></summary>
    public required string ClientId { get; init; }

    /// <summary><c>sid</c>: what the session is called towards this platform.</summary>
    public required string SessionId { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

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
            json.WriteNumber("exp"u8, (IssuedAt + Lifetime).ToUnixTimeSeconds());
            json.WriteString("jti"u8, Id);
            json.WriteString("sid"u8, SessionId);
            json.WriteStartObject("events"u8);
            json.WriteStartObject(Event);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
