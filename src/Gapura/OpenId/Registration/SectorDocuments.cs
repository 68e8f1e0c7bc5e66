using System.Text.Json;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Registration;

/// <summary>
/// The document that says which redirect URIs are of one sector (OpenID Connect Dynamic Client Registration 1.0 section 5).
/// Without it anybody could name another's sector and learn its names of people.
/// </summary>
internal sealed class SectorDocuments(TokenOptions options) : IDisposable
{
    private readonly HttpClient _http = new(OutgoingCalls.Handler(options.Issuer)) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 64 * 1024 };

    public void Dispose() => _http.Dispose();

    /// <returns>Why the platform is not of the sector it names; null when it is, or names none.</returns>
    public async Task<Refusal?> Refuse(Platform platform, CancellationToken ct)
    {
        if (platform.Client.SectorIdentifierUri is not { } text) return null;
        if (OutgoingCalls.Allowed(text, options.Issuer) is not { } uri) return Wrong("must be https.");
        try
        {
            using var response = await _http.GetAsync(uri, ct);
            if (!response.IsSuccessStatusCode) return Wrong("could not be fetched.");
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct), new JsonDocumentOptions { MaxDepth = 4 });
            if (document.RootElement.ValueKind != JsonValueKind.Array) return Wrong("must hold a JSON array.");
            var listed = document.RootElement.EnumerateArray().Where(u => u.ValueKind == JsonValueKind.String).Select(u => u.GetString()!).ToHashSet(StringComparer.Ordinal);
            return platform.RedirectUris.All(listed.Contains) ? null : Wrong("does not list every redirect URI.");
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or TaskCanceledException or JsonException or InvalidOperationException)
        {
            return Wrong(e is JsonException or InvalidOperationException ? "must hold a JSON array." : "could not be fetched.");
        }
    }

    private static Refusal Wrong(string sentence) => Refusals.InvalidClientMetadata.Because($"sector_identifier_uri {sentence}");
}
