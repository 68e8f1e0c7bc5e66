using System.Buffers;
using System.Text.Json;

namespace Gapura.Tokens;

/// <summary>What an access token says (RFC 9068 section 2.2).</summary>
internal sealed record AccessToken
{
    /// <summary><c>jti</c></summary>
    public required string Id { get; init; }

    /// <summary><c>sub</c>: what the person is called towards this platform; the platform itself where it asked in its own name.</summary>
    public required string Subject { get; init; }

    public required string ClientId { get; init; }

    /// <summary><c>grant_id</c>, ours: what a revocation ends; null where no person gave it (client credentials).</summary>
    public string? GrantId { get; init; }

    /// <summary><c>aud</c>; null for everybody of the ecosystem (<see cref="TokenOptions.Audience"/>).</summary>
    public string? Audience { get; init; }

    /// <summary><c>cnf</c> (RFC 7800); null for a bearer.</summary>
    public SenderKey? Sender { get; init; }

    /// <summary><c>act.sub</c> (RFC 8693 section 4.1): the platform that acts for the person; null where it is the client itself.</summary>
    public string? Actor { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the person proved to be there: <c>auth_time</c>; null where there is no person.</summary>
    public required DateTimeOffset? SignedInAt { get; init; }

    /// <summary><c>scope</c> (RFC 9068 section 2.2.3); null where none was asked for.</summary>
    public string? Scope { get; init; }

    /// <summary>The caller's own random text, so that it can check the answer is to its own request.</summary>
    public string? Nonce { get; init; }

    /// <summary>Only where the flow hands it to the platform anyway (seamless login).</summary>
    public string? Username { get; init; }

    /// <summary>As <see cref="Username"/>.</summary>
    public string? Npwp { get; init; }

    public ReadOnlyMemory<byte> Claims(TokenOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss"u8, options.Issuer.Text);
            json.WriteString("aud"u8, Audience ?? options.Audience);
            json.WriteString("sub"u8, Subject);
            json.WriteString("client_id"u8, ClientId);
            json.WriteNumber("iat"u8, IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("exp"u8, ExpiresAt.ToUnixTimeSeconds());
            if (SignedInAt is { } at) json.WriteNumber("auth_time"u8, at.ToUnixTimeSeconds());
            json.WriteString("jti"u8, Id);
            if (GrantId is not null) json.WriteString("grant_id"u8, GrantId);
            if (Scope is not null) json.WriteString("scope"u8, Scope);
            if (Nonce is not null) json.WriteString("nonce"u8, Nonce);
            if (Username is not null) json.WriteString("username"u8, Username);
            if (Npwp is not null) json.WriteString("npwp"u8, Npwp);
            if (Sender is not null) Inside("cnf", Sender.Method, Sender.Thumbprint);
            if (Actor is not null) Inside("act", "sub", Actor);
            json.WriteEndObject();

            void Inside(string name, string member, string value)
            {
                json.WriteStartObject(name);
                json.WriteString(member, value);
                json.WriteEndObject();
            }
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Reads claims that our own signature vouches for.</summary>
    public static AccessToken Read(ReadOnlyMemory<byte> claims)
    {
        using var json = JsonDocument.Parse(claims);
        var root = json.RootElement;
        return new AccessToken
        {
            Id = Text("jti"), Subject = Text("sub"), ClientId = Text("client_id"), GrantId = Optional("grant_id"), Audience = Optional("aud"),
            IssuedAt = Instant("iat"), ExpiresAt = Instant("exp"), SignedInAt = root.TryGetProperty("auth_time", out _) ? Instant("auth_time") : null,
            Scope = Optional("scope"), Nonce = Optional("nonce"), Username = Optional("username"), Npwp = Optional("npwp"),
            Sender = Inside("cnf", SenderKey.Dpop) is { } jkt ? new(SenderKey.Dpop, jkt) : Inside("cnf", SenderKey.Certificate) is { } x5t ? new(SenderKey.Certificate, x5t) : null,
            Actor = Inside("act", "sub"),
        };

        string Text(string name) => root.GetProperty(name).GetString()!;
        string? Optional(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
        string? Inside(string name, string member) => root.TryGetProperty(name, out var inside) && inside.TryGetProperty(member, out var value) ? value.GetString() : null;
        DateTimeOffset Instant(string name) => DateTimeOffset.FromUnixTimeSeconds(root.GetProperty(name).GetInt64());
    }
}
