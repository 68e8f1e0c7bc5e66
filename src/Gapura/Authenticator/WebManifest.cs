using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.Authenticator;

/// <summary>What a phone needs to install the app (W3C Web Application Manifest).</summary>
internal sealed record WebManifest(string Id, string Name, string ShortName, string Description, string Lang, string Dir, string StartUrl, string Scope, string Display, string BackgroundColor, string ThemeColor, IReadOnlyList<WebManifestIcon> Icons)
{
    private const string Home = "/authenticator/";
    private const string Ground = "#f5f2ec";

    /// <returns>The manifest as JSON.</returns>
    public static byte[] For(string brand) => JsonSerializer.SerializeToUtf8Bytes(new WebManifest(
        Home, brand, brand, $"Kunci {brand} di ponsel Anda: masuk dengan memindai kode QR.", "id", "ltr", Home, Home, "standalone", Ground, Ground,
        [
            new(Home + "icon-192.png", "192x192", "any"),
            new(Home + "icon-512.png", "512x512", "any"),
            new(Home + "maskable-512.png", "512x512", "maskable"),
        ]), WebManifestJson.Default.WebManifest);
}

internal sealed record WebManifestIcon(string Src, string Sizes, string Purpose)
{
    public string Type { get; } = "image/png";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WebManifest))]
internal sealed partial class WebManifestJson : JsonSerializerContext;
