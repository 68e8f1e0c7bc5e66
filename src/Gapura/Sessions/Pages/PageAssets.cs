using System.Collections.Frozen;
using System.Text.Json;
using Gapura.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gapura.Sessions.Pages;

/// <summary>The style and the scripts of the pages, as built under <c>web/</c> and carried inside the assembly.</summary>
internal static class PageAssets
{
    private const string Folder = "web/assets/";

    private static readonly FrozenDictionary<string, string> Addresses = ReadManifest();

    private static readonly FrozenDictionary<string, CarriedFile> Assets = CarriedFile.Resources(Folder)
        .Where(resource => Path.GetExtension(resource) is ".css" or ".js")
        .ToFrozenDictionary(resource => resource[Folder.Length..], CarriedFile.Compressed);

    /// <summary>Address of an asset by its plain name: <c>signin.css</c>, <c>popup.js</c>, <c>handoff.js</c>.</summary>
    public static string Href(string name) => Addresses[name];

    /// <summary>Serves <c>/assets/{name}</c>. A name carries a hash of its content, so a browser asks for it once.</summary>
    public static IEndpointConventionBuilder MapPageAssets(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/assets/{name}", [HttpMethods.Get, HttpMethods.Head], Serve).ExcludeFromDescription();

    private static Results<FileContentHttpResult, NotFound> Serve(string name, HttpContext context) =>
        Assets.TryGetValue(name, out var asset) ? asset.Answer(context, CarriedFile.ForEver) : TypedResults.NotFound();

    private static FrozenDictionary<string, string> ReadManifest()
    {
        using var manifest = JsonDocument.Parse(CarriedFile.Read("web/manifest.json"));
        return manifest.RootElement.EnumerateObject().Select(entry => entry.Value).ToFrozenDictionary(
            entry => entry.GetProperty("name").GetString() + Path.GetExtension(entry.GetProperty("file").GetString()),
            entry => "/" + entry.GetProperty("file").GetString());
    }
}
