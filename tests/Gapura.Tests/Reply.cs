using System.Text;
using System.Text.Json;
using Xunit;

namespace Gapura.Tests;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record Reply(int Status, byte[] Body, IReadOnlyDictionary<string, string[]> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>One header; null when it is not there.</summary>
    public string? this[string header] => Headers.TryGetValue(header, out var values) ? string.Join(", ", values) : null;

    public string? Error => Json.GetProperty("error").GetString();

    /// <summary>Everything a client could tell two refusals apart by.</summary>
    public string Outside => $"{Status}\n{string.Join('\n', Headers.Where(h => h.Key is not "Date").OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {string.Join(", ", h.Value)}"))}\n\n{Text}";

    public Reply Is(int status, string body)
    {
        Assert.Equal($"{status} {body}", $"{Status} {Text}");
        Assert.Equal("application/json; charset=utf-8", this["Content-Type"]);
        return this;
    }

    /// <summary>The family of <c>{"error":"code","error_description":"sentence"}</c>.</summary>
    public Reply IsRefused(string code, string sentence, int status = 400) => Is(status, $$"""{"error":"{{code}}","error_description":"{{sentence}}"}""");

    public Reply IsRefused(string code, int status = 400)
    {
        Assert.Equal($"{status} {code}", $"{Status} {(Text.StartsWith('{') ? Error : Text)}");
        return this;
    }

    public Reply IsOk()
    {
        Assert.True(Status == 200, $"{Status} {Text}");
        return this;
    }

    public static async Task<Reply> From(HttpResponseMessage response, CancellationToken ct) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsByteArrayAsync(ct),
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => h.Value.ToArray(), StringComparer.OrdinalIgnoreCase));
}
