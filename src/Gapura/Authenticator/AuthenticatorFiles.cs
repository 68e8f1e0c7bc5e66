using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Sessions;

namespace Gapura.Authenticator;

/// <summary>
/// The app as built under <c>web/authenticator</c> and carried inside the assembly. What it must know of this
/// installation is written into the page, so that it knows it without a network too.
/// </summary>
internal sealed class AuthenticatorFiles
{
    private const string Folder = "authenticator/";
    private const string AssetFolder = Folder + "assets/";

    private static readonly FrozenDictionary<string, CarriedFile> Assets = ReadAssets();

    private readonly FrozenDictionary<string, CarriedFile> _files;

    public AuthenticatorFiles(SessionsOptions sessions, DevicesOptions devices)
    {
        var page = Written(CarriedFile.Read(Folder + "index.html"), ("{{brand}}", sessions.Brand), ("{{issuer}}", devices.Issuer), ("{{version}}", devices.Version));
        Page = CarriedFile.Text("text/html; charset=utf-8", page);

        // A browser takes a worker for new when one byte of it is: so the page's version is in it, and with it all names of files.
        var worker = Encoding.UTF8.GetString(CarriedFile.Read(Folder + "sw.js"));
        var version = CarriedFile.Hash([.. page, .. Encoding.UTF8.GetBytes(worker)]);
        _files = Pictures()
            .Append(KeyValuePair.Create("sw.js", CarriedFile.Text("text/javascript; charset=utf-8", Encoding.UTF8.GetBytes(worker.Replace("__VERSION__", version, StringComparison.Ordinal)))))
            .Append(KeyValuePair.Create("manifest.webmanifest", CarriedFile.Text("application/manifest+json; charset=utf-8", WebManifest.For(sessions.Brand))))
            .ToFrozenDictionary();
    }

    public CarriedFile Page { get; }

    /// <returns>A file whose name does not change with its content; null when there is none.</returns>
    public CarriedFile? File(string name) => _files.GetValueOrDefault(name);

    /// <returns>A file whose name carries a hash of its content; null when there is none.</returns>
    public CarriedFile? Asset(string name) => Assets.GetValueOrDefault(name);

    private static byte[] Written(byte[] template, params (string Place, string Value)[] values)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(template));
        foreach (var (place, value) in values) text.Replace(place, HtmlEncoder.Default.Encode(value));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static FrozenDictionary<string, CarriedFile> ReadAssets() => CarriedFile.Resources(AssetFolder)
        .Where(resource => Path.GetExtension(resource) is ".css" or ".js")
        .ToFrozenDictionary(resource => resource[AssetFolder.Length..], CarriedFile.Compressed);

    private static IEnumerable<KeyValuePair<string, CarriedFile>> Pictures() => CarriedFile.Resources(Folder)
        .Where(resource => Path.GetExtension(resource) == ".png")
        .Select(resource => KeyValuePair.Create(resource[Folder.Length..], CarriedFile.Picture(CarriedFile.Read(resource))));
}
