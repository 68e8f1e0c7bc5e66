using System.Buffers;
using System.Net.Mime;
using System.Text.Json;
using Gapura.Tokens;

namespace Gapura.OpenId.Inspection;

/// <summary>
/// The same answer, signed (RFC 9701 section 5), for whoever must be able to show later what we said. It has a type of its
/// own and neither <c>sub</c> nor <c>exp</c> at its top, so that nobody takes it for a token.
/// </summary>
internal static class IntrospectionJwt
{
    public const string MediaType = "application/token-introspection+jwt";

    public static bool IsAskedFor(HttpContext context) =>
        context.Request.Headers.Accept is { Count: > 0 } accepted && accepted.SelectMany(a => (a ?? "").Split(',')).Any(a => a.Split(';')[0].Trim().Equals(MediaType, StringComparison.OrdinalIgnoreCase));

    /// <param name="caller">The client id of whoever asked.</param>
    public static IResult Of(IntrospectionAnswer answer, string caller, Mint mint, TokenOptions options, TimeProvider time)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss"u8, options.Issuer.Text);
            json.WriteString("aud"u8, caller);
            json.WriteNumber("iat"u8, time.GetUtcNow().ToUnixTimeSeconds());
            json.WritePropertyName("token_introspection"u8);
            JsonSerializer.Serialize(json, answer, IntrospectionJson.Wire.IntrospectionAnswer);
            json.WriteEndObject();
        }

        return Results.Text(mint.Statement("token-introspection+jwt", buffer.WrittenSpan).Reveal(), new ContentType(MediaType).ToString());
    }
}
