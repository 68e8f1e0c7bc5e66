using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.Browser.Tests.World;

/// <summary>What <c>demo.json</c> tells a stranger: all that is known here of the running demo.</summary>
public sealed record DemoFile(string Issuer, DemoPlatform Platform, string ResourceApi, Person Account, DeviceKey Device)
{
    public static DemoFile Read(string path) => JsonSerializer.Deserialize(File.ReadAllText(path), DemoJson.Default.DemoFile)!;
}

public sealed record DemoPlatform(string Url, string ClientId, string ApiKey, string Domain);

/// <summary>Somebody who can sign in.</summary>
/// <param name="Name">What the pages call them; the demo's file leaves it out.</param>
public sealed record Person(string Username, string Password, string Npwp, string Name = "Coba Jualan");

/// <summary>A phone's secp256k1 keys, in hex.</summary>
public sealed record DeviceKey(string PublicKey, string PrivateKey);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoFile))]
[JsonSerializable(typeof(DeviceKey))]
internal sealed partial class DemoJson : JsonSerializerContext;
