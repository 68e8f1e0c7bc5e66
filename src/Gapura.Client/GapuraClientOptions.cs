namespace Gapura.Client;

/// <summary>
/// Which server, and who you are there. What is not said in code is read from the configuration: <c>GAPURA_ISSUER</c>,
/// <c>GAPURA_CLIENT_ID</c> and <c>GAPURA_API_KEY</c> (or <c>Gapura:Issuer</c>, <c>Gapura:ClientId</c>, <c>Gapura:ApiKey</c>).
/// </summary>
public sealed class GapuraClientOptions
{
    /// <summary>The server's address as it stands in <c>iss</c>: <c>https://id.example.go.id</c>, http on this machine only.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Your platform's client id.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Your platform's API key, <c>gpk_…</c>. It never belongs into a page, a log or a repository.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Header the API key is sent in, as the operator configured it.</summary>
    public string ApiKeyHeader { get; set; } = "beacukai-api-key";

    /// <summary>Time limit of each call, from its start to the last byte of its answer; usual: 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
