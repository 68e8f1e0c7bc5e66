using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Clients;

/// <summary>
/// Platforms that show who they are by the certificate of their connection (RFC 8705 section 2). The house's roof has put it
/// there, from the connection itself or from a trusted proxy; whether it can be believed is decided here, whoever looked
/// at it before.
/// </summary>
internal sealed class ClientCertificates(ClientKeys keys, CertificateOptions options, TimeProvider time)
{
    public const string ByAuthority = "tls_client_auth";
    public const string ByKey = "self_signed_tls_client_auth";

    /// <summary>What tokens of this connection are bound to (RFC 8705 section 3.1); null without a certificate.</summary>
    public static SenderKey? KeyOf(HttpContext context) => context.Connection.ClientCertificate is { } certificate ? new(SenderKey.Certificate, Base64Url.EncodeToString(SHA256.HashData(certificate.RawData))) : null;

    public static bool IsMethod(Platform platform) => platform.Client.AuthenticationMethod is ByAuthority or ByKey;

    /// <summary>Whether the connection's certificate is this platform's, by the way it registered.</summary>
    public async Task<bool> Verify(HttpContext context, Platform platform, CancellationToken ct)
    {
        if (context.Connection.ClientCertificate is not { } certificate) return false;
        var now = time.GetUtcNow().UtcDateTime;
        if (now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime()) return false;
        return platform.Client.AuthenticationMethod switch
        {
            ByAuthority => IsNamed(certificate, platform.Client.CertificateSubject) && IsVouchedFor(certificate),
            ByKey => ThumbprintOf(certificate) is { } thumbprint && (await keys.Of(platform, keyId: null, ct)).Keys.Any(k => k.Thumbprint == thumbprint),
            _ => false,
        };
    }

    private static bool IsNamed(X509Certificate2 certificate, string? subject) =>
        subject is not null && SubjectName.Read(subject) is { } expected && SubjectName.Of(certificate) is { } shown && expected.SequenceEqual(shown);

    // By the authorities the operator named and no others: the system's own list vouches for web sites, not for partners.
    private bool IsVouchedFor(X509Certificate2 certificate)
    {
        if (options.Authorities.Count == 0) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(options.Authorities);
        chain.ChainPolicy.ExtraStore.AddRange(options.Authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2", "TLS client"));
        return chain.Build(certificate);
    }

    private static string? ThumbprintOf(X509Certificate2 certificate)
    {
        using var ec = certificate.GetECDsaPublicKey();
        using var rsa = certificate.GetRSAPublicKey();
        return ec is not null ? ClientKey.ThumbprintOf(ec) : rsa is not null ? ClientKey.ThumbprintOf(rsa) : null;
    }
}

/// <param name="Authorities">Who may vouch for <c>tls_client_auth</c>; empty when nobody may.</param>
/// <param name="IsAsked">Whether certificates can arrive here at all.</param>
internal sealed record CertificateOptions(X509Certificate2Collection Authorities, bool IsAsked);
