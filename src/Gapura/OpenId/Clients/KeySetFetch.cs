using System.Text.Json;
using Gapura.Kernel;
using Gapura.Tokens;

namespace Gapura.OpenId.Clients;

/// <summary>Fetches a platform's key set from the address it registered: three seconds, 64 KiB, no redirect.</summary>
internal sealed partial class KeySetFetch(TokenOptions options, ILogger<KeySetFetch> log) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http = new(OutgoingCalls.Handler(options.Issuer)) { Timeout = Patience, MaxResponseContentBufferSize = 64 * 1024 };

    public void Dispose() => _http.Dispose();

    /// <returns>Null when there is no answer, or one that is no key set; the log says why.</returns>
    public async Task<ClientKeySet?> Get(string text, CancellationToken ct)
    {
        if (OutgoingCalls.Allowed(text, options.Issuer) is not { } uri)
        {
            NotFetched(text, "the address is not one that is called");
            return null;
        }

        try
        {
            using var response = await _http.GetAsync(uri, ct);
            if (!response.IsSuccessStatusCode)
            {
                NotFetched(text, $"status {(int)response.StatusCode}");
                return null;
            }

            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            var keys = ClientKeySet.Read(document.RootElement.Clone());
            if (keys.Keys.Count > 0) return keys;
            NotFetched(text, "no key in it can be used");
            return null;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or TaskCanceledException or JsonException or InvalidOperationException)
        {
            NotFetched(text, e.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The key set at {Uri} was not fetched: {Why}.")]
    private partial void NotFetched(string uri, string why);
}
