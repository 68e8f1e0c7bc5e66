using System.Text.Json.Serialization;
using Gapura.Tokens;

namespace Gapura.OpenId;

/// <summary>Public keys as RFC 7517 section 5 shows them.</summary>
internal sealed record KeySet([property: JsonPropertyName("keys")] PublicKey[] Keys);

/// <summary>One of them: <c>crv</c>, <c>x</c>, <c>y</c> of a curve's, <c>n</c>, <c>e</c> of RSA's (RFC 7518 section 6).</summary>
internal sealed record PublicKey
{
    [JsonPropertyName("kty")]
    public required string KeyType { get; init; }

    [JsonPropertyName("use")]
    public string Use => "sig";

    [JsonPropertyName("alg")]
    public required string Algorithm { get; init; }

    [JsonPropertyName("kid")]
    public required string Id { get; init; }

    [JsonPropertyName("crv")]
    public string? Curve { get; init; }

    [JsonPropertyName("x")]
    public string? X { get; init; }

    [JsonPropertyName("y")]
    public string? Y { get; init; }

    [JsonPropertyName("n")]
    public string? Modulus { get; init; }

    [JsonPropertyName("e")]
    public string? Exponent { get; init; }

    public static PublicKey Of(SigningKey key) => key switch
    {
        EcSigningKey ec => new() { KeyType = "EC", Algorithm = key.Algorithm.Name, Id = key.Id, Curve = "P-256", X = ec.X, Y = ec.Y },
        RsaSigningKey rsa => new() { KeyType = "RSA", Algorithm = key.Algorithm.Name, Id = key.Id, Modulus = rsa.Modulus, Exponent = rsa.Exponent },
        _ => throw new ArgumentException($"{key.Algorithm.Name} has no public form here.", nameof(key)),
    };
}
