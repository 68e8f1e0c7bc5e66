namespace Gapura.Client;

/// <summary>How people sign in to a site.</summary>
public sealed class GapuraSignInOptions
{
    /// <summary>
    /// What is asked for where the whole page goes to the server; usual: <c>openid profile npwp</c>. The popup hands over user
    /// name and tax number by itself.
    /// </summary>
    public string Scope { get; set; } = "openid profile npwp";

    /// <summary>How long somebody stays signed in here without coming back; usual: eight hours.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>
    /// Whether the cookie keeps the tokens (encrypted), so that this backend can call APIs for the person:
    /// <c>await context.GetTokenAsync("access_token")</c>, for 15 minutes. Usual: no.
    /// </summary>
    public bool SaveTokens { get; set; }

    /// <summary>
    /// The origin by which people know this site, behind a proxy that does not tell it: <c>https://tautauberes.id</c>. Usual
    /// (empty): what the request says itself.
    /// </summary>
    public string PublicOrigin { get; set; } = "";

    // Behind a proxy the request may look like http when it is not.
    internal bool IsHttps => PublicOrigin.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}
