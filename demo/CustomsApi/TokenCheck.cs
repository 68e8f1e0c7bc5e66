namespace Gapura.Demo.CustomsApi;

/// <summary>Asks the sign-in server what a bearer token is worth (RFC 7662).</summary>
internal sealed class TokenCheck(HttpClient http, CustomsSettings settings)
{
    /// <returns>Whom the token speaks for; null when it is worth nothing, or for somebody without a tax number.</returns>
    /// <exception cref="HttpRequestException">The server cannot be asked, or refuses this API's key.</exception>
    public async Task<Importer?> ImporterAsync(string token, CancellationToken ct)
    {
        using var question = new HttpRequestMessage(HttpMethod.Post, new Uri($"{settings.Issuer}/oauth/introspect"))
        {
            Content = new FormUrlEncodedContent([new("token", token)]),
        };
        question.Headers.Add("beacukai-api-key", settings.ApiKey);
        using var answer = await http.SendAsync(question, ct);
        answer.EnsureSuccessStatusCode();
        var known = await answer.Content.ReadFromJsonAsync(CustomsJson.Default.Introspection, ct);
        return known is { Active: true, Npwp: { } npwp } ? new(known.Username, npwp) : null;
    }
}

internal sealed record Importer(string? Username, string Npwp);
