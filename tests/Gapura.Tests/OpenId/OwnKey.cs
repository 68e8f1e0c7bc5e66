using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.Platforms;

namespace Gapura.Tests.OpenId;

/// <summary>A key pair of a platform's own, as JSON Web Keys (RFC 7517).</summary>
internal sealed class OwnKey
{
    private OwnKey(JsonObject @public, JsonObject @private) => (Public, Private) = (@public, @private);

    public JsonObject Public { get; }

    public JsonObject Private { get; }

    /// <summary>A registration with this key.</summary>
    public ClientSettings Settings => new()
    {
        AuthenticationMethod = "private_key_jwt", Jwks = JsonDocument.Parse(new JsonObject { ["keys"] = new JsonArray(Public.DeepClone()) }.ToJsonString()).RootElement,
    };

    /// <param name="algorithm"><c>ES256</c> or <c>RS256</c>.</param>
    public static OwnKey New(string algorithm)
    {
        var (open, closed) = algorithm == "ES256" ? Elliptic() : Rsa();
        var all = new JsonObject { ["kid"] = $"own-{algorithm}", ["alg"] = algorithm, ["use"] = "sig" };
        foreach (var (name, value) in open) all[name] = Base64Url.EncodeToString(value);
        all["kty"] = algorithm == "ES256" ? "EC" : "RSA";
        if (algorithm == "ES256") all["crv"] = "P-256";
        var secret = all.DeepClone().AsObject();
        foreach (var (name, value) in closed) secret[name] = Base64Url.EncodeToString(value);
        return new OwnKey(all, secret);
    }

    private static ((string, byte[])[] Open, (string, byte[])[] Closed) Elliptic()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = key.ExportParameters(includePrivateParameters: true);
        return ([("x", made.Q.X!), ("y", made.Q.Y!)], [("d", made.D!)]);
    }

    private static ((string, byte[])[] Open, (string, byte[])[] Closed) Rsa()
    {
        using var key = RSA.Create(2048);
        var made = key.ExportParameters(includePrivateParameters: true);
        return ([("n", made.Modulus!), ("e", made.Exponent!)], [("d", made.D!), ("p", made.P!), ("q", made.Q!), ("dp", made.DP!), ("dq", made.DQ!), ("qi", made.InverseQ!)]);
    }
}
