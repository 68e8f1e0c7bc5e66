namespace Gapura.Hosting.Commands.Doctor;

/// <summary>What the operator said.</summary>
internal static class ConfigurationChecks
{
    public static IEnumerable<Finding> Run(Settings settings)
    {
        var file = Path.Combine(settings.DataDirectory, "gapura.json");
        yield return Finding.Ok("configuration", File.Exists(file) ? $"{file} is read." : $"No {file}; usual values, environment and command line count.");
        yield return Issuer(settings);
    }

    private static Finding Issuer(Settings settings)
    {
        var issuer = settings.Tokens.Issuer.Text;
        if (!issuer.StartsWith("https://", StringComparison.Ordinal))
        {
            return Finding.Warning("issuer", $"{issuer} is http: good for this machine alone.",
                "Before others use it, set Issuer (GAPURA_ISSUER, --issuer) to its https address and put a proxy with a certificate before it.");
        }

        var plain = settings.Urls.Split(';').All(u => u.StartsWith("http://", StringComparison.Ordinal));
        return plain && settings.TrustedProxies.Count == 0
            ? Finding.Warning("issuer", $"{issuer}, while the server itself listens at {settings.Urls}: a proxy must stand before it, and none is trusted.",
                "Set TrustedProxies to the proxy's address, so that throttling counts people and not the proxy.")
            : Finding.Ok("issuer", issuer);
    }
}
