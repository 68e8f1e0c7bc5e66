using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gapura.OpenId.Clients;

namespace Gapura.Hosting;

/// <summary>How certificates of platforms come to us (RFC 8705), and who may vouch for them.</summary>
/// <param name="Header">Header in which a trusted proxy hands on the caller's certificate; null for none.</param>
/// <param name="IsAsked">Whether our own TLS asks every caller for one.</param>
/// <param name="Authorities">Of <c>tls_client_auth</c>; empty for none.</param>
internal sealed record CertificateSettings(string? Header, bool IsAsked, X509Certificate2Collection Authorities)
{
    public CertificateOptions Options => new(Authorities, IsAsked || Header is not null);

    /// <exception cref="SettingsException">A setting breaks its rule.</exception>
    public static CertificateSettings Read(IConfiguration said)
    {
        var header = said["ClientCertificateHeader"] is { Length: > 0 } name ? name : null;
        if (header is not null && said["TrustedProxies"] is not { Length: > 0 })
            throw new SettingsException("ClientCertificateHeader is set and TrustedProxies is not: nobody would be believed. Name the proxy that sends the header.");
        if (said["AskForClientCertificates"] is not (null or "true" or "false" or "True" or "False") and var other)
            throw new SettingsException($"AskForClientCertificates is '{other}'; it must be true or false.");
        return new CertificateSettings(header, bool.Parse(said["AskForClientCertificates"] ?? "false"), Load(said["ClientCertificateAuthorities"]));
    }

    private static X509Certificate2Collection Load(string? path)
    {
        var authorities = new X509Certificate2Collection();
        if (path is not { Length: > 0 }) return authorities;
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingsException($"ClientCertificateAuthorities is '{path}', which cannot be read: {e.Message}");
        }

        return authorities.Count > 0 ? authorities : throw new SettingsException($"ClientCertificateAuthorities is '{path}', which holds no certificate in PEM.");
    }
}
