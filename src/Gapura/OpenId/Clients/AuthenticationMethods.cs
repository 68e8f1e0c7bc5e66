namespace Gapura.OpenId.Clients;

/// <summary>How a platform may show who it is, under the names of the registry that RFC 8414 section 2 uses.</summary>
internal static class AuthenticationMethods
{
    private static readonly string[] Always = ["client_secret_basic", "client_secret_post", ClientAssertions.Method];

    /// <summary>What works here: certificates only where they arrive, and only those that somebody can vouch for.</summary>
    public static string[] Of(CertificateOptions certificates) =>
    [
        .. Always,
        .. certificates is { IsAsked: true, Authorities.Count: > 0 } ? (string[])[ClientCertificates.ByAuthority] : [],
        .. certificates.IsAsked ? (string[])[ClientCertificates.ByKey] : [],
    ];
}
