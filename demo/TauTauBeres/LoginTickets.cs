namespace Gapura.Demo.TauTauBeres;

/// <summary>Server to server: the API key goes in, a ticket for one popup comes out.</summary>
internal sealed class LoginTickets(HttpClient http, PartnerSettings settings)
{
    /// <exception cref="HttpRequestException">The server cannot be reached, or refuses the API key.</exception>
    public async Task<LoginTicket> GetAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{settings.Issuer}/V1/NLE/AuthApiKey"));
        request.Headers.Add("beacukai-api-key", settings.ApiKey);
        using var answer = await http.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync(PartnerJson.Default.JsonElement, ct);
        var token = body.GetProperty("data").GetProperty("token").GetString()!;
        return new(token, $"{settings.Issuer}/seamlesslogin/?token={Uri.EscapeDataString(token)}");
    }
}
