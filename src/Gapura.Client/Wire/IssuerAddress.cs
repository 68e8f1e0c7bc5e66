namespace Gapura.Client.Wire;

/// <summary>What an issuer may look like, and addresses below it.</summary>
internal static class IssuerAddress
{
    /// <summary>Without a slash at the end: tokens are compared with exactly this text.</summary>
    public static string Text(string issuer) => issuer.TrimEnd('/');

    public static Uri At(string issuer, string path) => new(Text(issuer) + path);

    /// <returns>One sentence, or null when it is good.</returns>
    public static string? Problem(string issuer)
    {
        if (issuer.Length == 0) return "Issuer is missing: set it, or GAPURA_ISSUER, to the address of the Gapura server, like https://id.example.go.id.";
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            return $"Issuer '{issuer}' is not an address like https://id.example.go.id.";
        return address.Scheme == "https" || address.IsLoopback ? null : $"Issuer '{issuer}' must be https: http is for this machine only.";
    }
}
