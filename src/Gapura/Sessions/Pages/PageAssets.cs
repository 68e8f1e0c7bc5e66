using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Gapura.Sessions.Pages;

/// <summary>The style and the scripts of the pages, as built under <c>web/</c> and carried inside the assembly.</summary>
internal static class PageAssets
{
    private const string Folder = "web/assets/";

    private static readonly FrozenDictionary<string, string> Addresses = ReadManifest();

    private static readonly FrozenDictionary<string, Asset> Assets = ReadAssets();

    /// <summary>Address of an asset by its plain name: <c>signin.css</c>, <c>popup.js</c>, <c>handoff.js</c>.</summary>
    public static string Href(string name) => Addresses[name];

    /// <summary>Serves <c>/assets/{name}</c>. A name carries a hash of its content, so a browser asks for it once.</summary>
    public static IEndpointConventionBuilder MapPageAssets(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/assets/{name}", [HttpMethods.Get, HttpMethods.Head], Serve).ExcludeFromDescription();

    private static Results<FileContentHttpResult, NotFound> Serve(string name, HttpContext context)
    {
        if (!Assets.TryGetValue(name, out var asset)) return TypedResults.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        var (encoding, content) = asset.For(context.Request.GetTypedHeaders().AcceptEncoding);
        if (encoding is not null) headers.ContentEncoding = encoding;
        return TypedResults.Bytes(content, asset.Type);
    }

    private static FrozenDictionary<string, string> ReadManifest()
    {
        using var manifest = JsonDocument.Parse(Read("web/manifest.json"));
        return manifest.RootElement.EnumerateObject().Select(entry => entry.Value).ToFrozenDictionary(
            entry => entry.GetProperty("name").GetString() + Path.GetExtension(entry.GetProperty("file").GetString()),
            entry => "/" + entry.GetProperty("file").GetString());
    }

    private static FrozenDictionary<string, Asset> ReadAssets() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal) && Path.GetExtension(resource) is ".css" or ".js")
            .ToFrozenDictionary(resource => resource[Folder.Length..], resource => new Asset(
                Path.GetExtension(resource) == ".css" ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8",
                Read(resource), Read(resource + ".br"), Read(resource + ".gz")));

    private static byte[] Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks the resource {resource}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed record Asset(string Type, byte[] Plain, byte[] Brotli, byte[] Gzip)
    {
        public (string? Encoding, byte[] Content) For(IList<StringWithQualityHeaderValue> accepted) =>
            Accepts(accepted, "br") ? ("br", Brotli) : Accepts(accepted, "gzip") ? ("gzip", Gzip) : (null, Plain);

        private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
            accepted.Any(value => value.Quality is not 0 && value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase));
    }
}
