using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gapura.Hosting;

/// <summary>
/// The certificate of a caller behind a proxy that ends TLS (RFC 9440): in the header the operator named, and believed from a
/// trusted proxy alone. What such a proxy itself connects with is no caller's, and what anybody else sends in that header is
/// thrown away. Runs before the forwarded address takes the proxy's place.
/// </summary>
internal static class ProxyCertificates
{
    public static void UseProxyCertificates(this WebApplication app, string? header, IReadOnlyList<string> trusted)
    {
        if (trusted.Count == 0) return;
        var proxies = trusted.Select(Network).ToArray();
        app.Use((context, next) =>
        {
            var isProxy = context.Connection.RemoteIpAddress is { } address && proxies.Any(p => p.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
            if (isProxy)
            {
                var shown = header is null ? default : context.Request.Headers[header];
                context.Connection.ClientCertificate = shown is [{ Length: > 0 } text] ? Read(text) : null;
                if (context.Connection.ClientCertificate is { } certificate) context.Response.RegisterForDispose(certificate);
            }

            if (header is not null) context.Request.Headers.Remove(header);
            return next(context);
        });
    }

    /// <param name="text"><c>:base64 of DER:</c> (RFC 9440 section 2.1), or PEM with percent signs, as nginx writes <c>$ssl_client_escaped_cert</c>.</param>
    /// <returns>Null for anything else.</returns>
    public static X509Certificate2? Read(string text)
    {
        try
        {
            if (text is [':', .. var base64, ':']) return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(base64));
            var pem = Uri.UnescapeDataString(text);
            return PemEncoding.TryFind(pem, out var found) && pem[found.Label] == "CERTIFICATE" ? X509CertificateLoader.LoadCertificate(Encoding.ASCII.GetBytes(pem)) : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static System.Net.IPNetwork Network(string text) =>
        IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : System.Net.IPNetwork.TryParse(text, out var network) ? network
        : throw new SettingsException($"TrustedProxies holds '{text}', which is neither an address nor a network such as 10.0.0.0/8.");
}
