using System.Text.Json;
using System.Text.Json.Serialization;
using Gapura.Kernel;

namespace Gapura.SeamlessLogin;

/// <summary>200 of <c>GET /V1/NLE/AuthApiKey</c>, members in the documented order. <c>deskripsi</c> may be null and is then still there.</summary>
internal sealed record AuthApiKeyAnswer([property: JsonPropertyName("data")] AuthApiKeyData Data);

internal sealed record AuthApiKeyData(
    [property: JsonPropertyName("namaPlatform")] string NamaPlatform,
    [property: JsonPropertyName("namaPerusahaan")] string NamaPerusahaan,
    [property: JsonPropertyName("deskripsi"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Deskripsi,
    [property: JsonPropertyName("domain")] string Domain,
    [property: JsonPropertyName("token")] string Token);

/// <summary>The same of the later edition, <c>…/auth/requestToken</c>, in its own order.</summary>
internal sealed record RequestTokenAnswer(
    [property: JsonPropertyName("data")] RequestTokenData Data,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("status")] int Status);

internal sealed record RequestTokenData(
    [property: JsonPropertyName("domain")] string Domain,
    [property: JsonPropertyName("namaPerusahaan")] string NamaPerusahaan,
    [property: JsonPropertyName("deskripsi"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Deskripsi,
    [property: JsonPropertyName("namaPlatform")] string NamaPlatform,
    [property: JsonPropertyName("token")] string Token);

[JsonSerializable(typeof(AuthApiKeyAnswer))]
[JsonSerializable(typeof(RequestTokenAnswer))]
internal sealed partial class TicketJson : JsonSerializerContext
{
    public static TicketJson Wire { get; } = new(new JsonSerializerOptions(WireJson.Options));
}
