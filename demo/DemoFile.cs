using System.Text.Json.Serialization;

namespace Gapura.Demo;

/// <summary><c>demo.json</c>: all that a script needs to complete both sign-ins. Keys are hex, as on the wire.</summary>
internal sealed record DemoFile(string Issuer, DemoPlatform Platform, string ResourceApi, DemoAccount Account, DemoDevice Device);

/// <summary>The partner; its domain is its registered origin, which is where its page is.</summary>
internal sealed record DemoPlatform(string Url, string ClientId, string ApiKey, string Domain);

internal sealed record DemoAccount(string Username, string Password, string Npwp);

/// <param name="PublicKey">Uncompressed secp256k1 point, 130 hex characters.</param>
/// <param name="PrivateKey">64 hex characters.</param>
internal sealed record DemoDevice(string PublicKey, string PrivateKey);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DemoFile))]
[JsonSerializable(typeof(SeedFile))]
internal sealed partial class DemoJson : JsonSerializerContext;
