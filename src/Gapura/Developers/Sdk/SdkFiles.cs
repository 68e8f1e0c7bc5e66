using System.Collections.Frozen;
using System.Text.Json;
using Gapura.Kernel;

namespace Gapura.Developers.Sdk;

/// <summary>What <c>web/sdk</c> was built into, and what earlier versions were.</summary>
internal sealed class SdkFiles
{
    private const string Folder = "sdk/";

    private readonly FrozenDictionary<string, CarriedFile> _versioned;
    private readonly FrozenDictionary<string, CarriedFile> _unversioned;

    public SdkFiles()
    {
        var scripts = CarriedFile.Resources(Folder).Where(resource => Path.GetExtension(resource) is ".js" or ".mjs")
            .ToDictionary(resource => resource[Folder.Length..], CarriedFile.Compressed);
        Plugin = scripts["nlelogin.min.js"];
        var manifest = CarriedFile.Read(Folder + "manifest.json");
        var version = Version(manifest);
        _unversioned = new Dictionary<string, CarriedFile>
        {
            ["gapura.js"] = scripts["gapura.js"], ["gapura.mjs"] = scripts["gapura.mjs"], ["manifest.json"] = CarriedFile.Text("application/json", manifest),
        }.ToFrozenDictionary();

        // Released ones stay where partners have pinned them.
        _versioned = scripts.Where(script => script.Key.StartsWith("gapura-", StringComparison.Ordinal))
            .Append(new($"gapura-{version}.js", scripts["gapura.js"]))
            .Append(new($"gapura-{version}.mjs", scripts["gapura.mjs"]))
            .ToFrozenDictionary();
    }

    /// <summary>The documented browser plugin.</summary>
    public CarriedFile Plugin { get; }

    /// <returns>A script whose address names its version; null when there is none.</returns>
    public CarriedFile? Versioned(string name) => _versioned.GetValueOrDefault(name);

    /// <returns>A file whose content changes with this server; null when there is none.</returns>
    public CarriedFile? Unversioned(string name) => _unversioned.GetValueOrDefault(name);

    private static string Version(byte[] manifest)
    {
        using var read = JsonDocument.Parse(manifest);
        return read.RootElement.GetProperty("version").GetString()!;
    }
}
