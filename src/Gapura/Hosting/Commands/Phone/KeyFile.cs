using System.Text.Json;
using System.Text.Json.Serialization;
using Gapura.Protocol.Signatures;

namespace Gapura.Hosting.Commands.Phone;

/// <summary>What the developer's phone keeps: JSON in a file that its owner alone may read.</summary>
/// <param name="Account">User name of the owner.</param>
/// <param name="PrivateKey">64 hex characters, in the clear.</param>
internal sealed record KeyFile(string Server, string Account, string DeviceId, string PublicKey, string PrivateKey)
{
    /// <summary>Where it lies unless said otherwise: <c>~/.config/gapura/phone.json</c>, on Windows in the roaming application data.</summary>
    public static string UsualPath() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "gapura", "phone.json");

    /// <exception cref="RefusedException">There is none, or it is not what <c>phone enrol</c> writes.</exception>
    public static KeyFile Read(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllBytes(path), KeyFileJson.Default.KeyFile) is { Server: not null, PrivateKey: not null } file) return file;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RefusedException($"There is no phone in {path}: make one with `gapura phone enrol`, or say where it is with --key.");
        }
        catch (JsonException)
        {
            // Said below, in the same words as for JSON of another kind.
        }

        throw new RefusedException($"{path} is not the key file of a phone: `gapura phone enrol --force` makes a new one.");
    }

    public DeviceSigner Signer(string path) => DeviceSigner.TryRead(PrivateKey, out var signer) ? signer
        : throw new RefusedException($"The private key in {path} is no number from 1 to n − 1 in 64 hex digits: `gapura phone enrol --force` makes a new one.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeyFile))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
