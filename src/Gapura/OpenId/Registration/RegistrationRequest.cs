using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId.Registration;

/// <summary>What a program asks to be registered as (RFC 7591 section 2). Members that nobody here knows are passed over.</summary>
internal sealed record RegistrationRequest
{
    private const int LargestBody = 16 * 1024;

    [JsonPropertyName("client_id")]
    public string? ClientId { get; init; }

    [JsonPropertyName("client_secret")]
    public string? ClientSecret { get; init; }

    [JsonPropertyName("client_name")]
    public string? Name { get; init; }

    [JsonPropertyName("redirect_uris")]
    public IReadOnlyList<string?>? RedirectUris { get; init; }

    [JsonPropertyName("response_types")]
    public IReadOnlyList<string?>? ResponseTypes { get; init; }

    [JsonPropertyName("application_type")]
    public string? ApplicationType { get; init; }

    [JsonPropertyName("software_statement")]
    public string? SoftwareStatement { get; init; }

    [JsonIgnore]
    public ClientSettings Client { get; init; } = ClientSettings.Usual;

    /// <returns>The request, or the refusal that says what is wrong with the body.</returns>
    public static async Task<(RegistrationRequest? Request, Refusal? Refusal)> Read(HttpRequest http, CancellationToken ct)
    {
        if (http.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true) return (null, Refusals.InvalidClientMetadata.Because("The body must be application/json."));
        if (await Body(http, ct) is not { } body) return (null, Refusals.InvalidClientMetadata.Because("The body is larger than 16 KiB."));
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return (null, Refusals.InvalidClientMetadata.Because("The body must be one JSON object."));
            var client = document.RootElement.Deserialize(ClientSettingsJson.Default.ClientSettings)!;
            var request = document.RootElement.Deserialize(RegistrationJson.Default.RegistrationRequest)! with
            {
                // What is ours to say stays ours.
                Client = client with { Jwks = client.Jwks?.Clone(), Quirks = null, RegistrationTokenHash = null },
            };
            return (request, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what text that is not valid Unicode is answered with.
            return (null, Refusals.InvalidClientMetadata.Because("The body is not JSON, or a member is not of the kind the standard says."));
        }
    }

    private static async Task<byte[]?> Body(HttpRequest http, CancellationToken ct)
    {
        while (true)
        {
            var read = await http.BodyReader.ReadAsync(ct);
            if (read.Buffer.Length > LargestBody)
            {
                // Given back, so that the rest can be thrown away and the caller hears the refusal.
                http.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                http.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            http.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

[JsonSerializable(typeof(RegistrationRequest))]
internal sealed partial class RegistrationJson : JsonSerializerContext;
