using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Gapura.Kernel;

namespace Gapura.OpenId.Neighbours;

internal sealed record DoneAnswer([property: JsonPropertyName("result")] string Result);

/// <param name="PublicKey">130 hex digits.</param>
/// <param name="Type"><c>ecdsa</c>: there is no other.</param>
internal sealed record KeyAnswer(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("publicKey")] string PublicKey,
    [property: JsonPropertyName("keyType")] string Type,
    [property: JsonPropertyName("ownerId")] string OwnerId);

/// <param name="Expires">Unix seconds.</param>
internal sealed record KeyChallengeAnswer([property: JsonPropertyName("challenge")] string Challenge, [property: JsonPropertyName("expires")] long Expires);

internal sealed record RegisteredAnswer([property: JsonPropertyName("result")] RegisteredKey Result);

/// <param name="PublicKey">130 hex digits.</param>
/// <param name="PrivateKey">64 hex digits, of a pair made here; absent for a key that proved itself.</param>
internal sealed record RegisteredKey([property: JsonPropertyName("publicKey")] string PublicKey, [property: JsonPropertyName("privateKey")] string? PrivateKey)
{
    public override string ToString() => "***";
}

[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(DoneAnswer))]
[JsonSerializable(typeof(RenewedAnswer))]
[JsonSerializable(typeof(IReadOnlyList<KeyAnswer>))]
[JsonSerializable(typeof(KeyChallengeAnswer))]
[JsonSerializable(typeof(RegisteredAnswer))]
internal sealed partial class NeighbourJson : JsonSerializerContext
{
    public static NeighbourJson Wire { get; } = new(new JsonSerializerOptions(WireJson.Options));
}
