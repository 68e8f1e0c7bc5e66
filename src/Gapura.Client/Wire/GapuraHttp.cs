using System.Net.Http.Json;
using System.Text.Json;

namespace Gapura.Client.Wire;

/// <summary>One call and its answer: a time limit, a limit of size, no redirect followed, and every way to fail a <see cref="GapuraException"/>.</summary>
internal static class GapuraHttp
{
    private const int LongestAnswer = 512 * 1024;

    /// <summary>For the handlers of our own clients: a redirect would carry the key elsewhere, a cookie would mix people up.</summary>
    public static SocketsHttpHandler NewHandler() => new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) };

    /// <returns>The body of a 2xx answer, a JSON object.</returns>
    /// <exception cref="GapuraException">Anything else.</exception>
    public static async Task<JsonElement> Send(HttpClient http, HttpRequestMessage request, TimeSpan timeout, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await answer.Content.LoadIntoBufferAsync(LongestAnswer, limit.Token);
            var body = await Read(answer.Content, limit.Token);
            if (answer.IsSuccessStatusCode && body is { } good) return good;
            throw answer.IsSuccessStatusCode ? NotGapura(request, answer) : body is { } no && Text(no, "error") is { } error ? Refused(error, no, (int)answer.StatusCode) : NotGapura(request, answer);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new GapuraException("timeout", null, $"{Place(request)} did not answer within {timeout.TotalSeconds:0.#} seconds.", "Try again. If it stays so, look at the network between here and the server.", e);
        }
        catch (HttpRequestException e)
        {
            throw new GapuraException("unreachable", null, $"{Place(request)} cannot be reached: {e.Message}", "Check the issuer's address, its certificate and the network; a deployment of the server is over within seconds.", e);
        }
    }

    public static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static string Required(JsonElement body, string name) =>
        Text(body, name) ?? throw new GapuraException("invalid_answer", 200, $"The answer has no {name}.", "Is the issuer a Gapura server, and of a version this package knows?");

    public static long? Number(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    // Seamless login answers a sentence where everything else answers a code.
    private static GapuraException Refused(string error, JsonElement body, int status)
    {
        var isSentence = error.Contains(' ', StringComparison.Ordinal);
        var code = isSentence ? status switch { 403 => "api_key_not_valid", 429 => "too_many_attempts", >= 500 => "server_error", _ => "refused" } : error;
        return new GapuraException(code, status, isSentence ? error : Text(body, "error_description") ?? "The server refused.", Mends.Of(code, status));
    }

    private static GapuraException NotGapura(HttpRequestMessage request, HttpResponseMessage answer) => new(
        "invalid_answer", (int)answer.StatusCode, $"{Place(request)} answered {(int)answer.StatusCode}, and not as a Gapura server does.", "Is the issuer right, and does a proxy on the way answer in its place?");

    private static string Place(HttpRequestMessage request) => request.RequestUri!.GetLeftPart(UriPartial.Path);

    private static async Task<JsonElement?> Read(HttpContent content, CancellationToken ct)
    {
        try
        {
            var body = await content.ReadFromJsonAsync<JsonElement>(ct);
            return body.ValueKind == JsonValueKind.Object ? body : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            return null; // a page of somebody else's
        }
    }
}
