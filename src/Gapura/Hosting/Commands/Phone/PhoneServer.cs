using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gapura.Hosting.Commands.Phone;

/// <summary>The server as a phone knows it: an address that answers JSON. Keeps cookies for the moment of an enrolment.</summary>
internal sealed class PhoneServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly string _origin;

    /// <param name="origin">Scheme and host, without a slash at the end.</param>
    public PhoneServer(string origin)
    {
        _origin = origin;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience, MaxResponseContentBufferSize = 1024 * 1024 };
    }

    /// <returns>The server's answer, an object.</returns>
    /// <exception cref="RefusedException">It said no, in its own words, or could not be understood or reached.</exception>
    public async Task<JsonElement> Post(string path, JsonObject body, CancellationToken ct)
    {
        var answer = await Ask(path, body, ct);
        if (answer.Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices && answer.Body is { ValueKind: JsonValueKind.Object } good) return good;
        throw answer.Body is { ValueKind: JsonValueKind.Object } no && Wire.Text(no, "error") is { } code
            ? new RefusedException($"{Plain.Text(Wire.Text(no, "error_description") ?? "The server refused.")} ({Plain.Text(code)})")
            : new RefusedException($"{_origin}{path} answered {(int)answer.Status}, and not as a Gapura server does: is --server right?");
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode Status, JsonElement? Body)> Ask(string path, JsonObject body, CancellationToken ct)
    {
        try
        {
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync(new Uri(_origin + path), content, ct);
            return (answer.StatusCode, await Read(answer, ct));
        }
        catch (HttpRequestException e)
        {
            throw new RefusedException($"{_origin} cannot be reached: {e.Message}");
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RefusedException($"{_origin} did not answer within {Patience.TotalSeconds:0} seconds.");
        }
    }

    private static async Task<JsonElement?> Read(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync(CommandJson.Plain.JsonElement, ct);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            return null; // a page of somebody else's
        }
    }
}
