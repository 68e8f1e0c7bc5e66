using System.Text;
using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId.Clients;

/// <summary>
/// Which platform is calling: by its API key, in one of the configured headers, by HTTP Basic as <c>clientId:apiKey</c>
/// (RFC 6749 section 2.3.1) or as <c>client_secret</c> in the body; or by a key of its own (<see cref="ClientAssertions"/>).
/// A platform that registered one way is let in by no other.
/// </summary>
internal sealed class ClientAuthentication(ApiKeys apiKeys, ApiKeyHeaders headers, PlatformRegister platforms, ClientAssertions assertions, ClientCertificates certificates)
{
    /// <summary>Who calls. One that tried to authenticate and failed is nobody; one that did not try is whom it says, and the caller asks <see cref="CallingClient.IsKnown"/>.</summary>
    public async Task<(CallingClient? Client, Refusal? Refusal)> Identify(HttpContext context, RequestFields fields, CancellationToken ct)
    {
        var (client, refusal) = await Look(context, fields, ct);
        context.Features.Set(client);
        return (client, refusal);
    }

    /// <summary>Whether the caller does not say at all who it is.</summary>
    public bool IsSilent(HttpContext context, RequestFields fields) => !fields.Has("client_id") && !IsTried(context, fields, headers.Read(context)) && !ClientAssertions.IsTried(fields);

    /// <summary>Whether the platform has a secret or a key to show at all, or said that it would: one whose secret was taken back does not go on without.</summary>
    public bool CouldProve(Platform platform) => platform.Client.HasOwnKey || (MayUseSecret(platform) && (platform.Client.AuthenticationMethod is not null || apiKeys.WasKeyed(platform.ClientId)));

    /// <summary>401 with the challenge RFC 6749 section 5.2 asks for, or what else <paramref name="because"/> says.</summary>
    /// <param name="because">A sentence of its own; null for the usual one.</param>
    public static IResult Refuse(HttpContext context, Refusal? because = null)
    {
        var refusal = because ?? Refusals.ClientNotAuthenticated;
        if (refusal.Status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Basic realm=\"Gapura\", charset=\"UTF-8\"";
        return refusal.AsCode();
    }

    private async Task<(CallingClient? Client, Refusal? Refusal)> Look(HttpContext context, RequestFields fields, CancellationToken ct)
    {
        // 1. check_single_method (RFC 6749 section 2.3)
        var header = headers.Read(context);
        var (bySecret, byAssertion) = (IsTried(context, fields, header), ClientAssertions.IsTried(fields));
        if (bySecret && byAssertion) return (null, Refusals.InvalidRequest.Because("Only one way of authenticating the client may be used in a request."));

        // 2. check_what_is_shown
        if (byAssertion) return await assertions.Verify(fields, context.Request.Path, ct) is var (signer, refusal) && signer is not null ? (new(signer, ClientProof.Assertion, CouldProve: true), null) : (null, refusal);
        if (bySecret) return (Authenticate(context, fields, header) is { } shown ? new(shown, ClientProof.Secret, CouldProve: true) : null, null);

        // 3. load_named_client, check_certificate
        if (platforms.Active(fields["client_id"] ?? "") is not { } named) return (null, null);
        if (!ClientCertificates.IsMethod(named)) return (new(named, ClientProof.None, CouldProve(named)), null);
        return (await certificates.Verify(context, named, ct) ? new(named, ClientProof.Certificate, CouldProve: true) : null, null);
    }

    private Platform? Authenticate(HttpContext context, RequestFields fields, string? header)
    {
        var (clientId, key) = Basic(context) ?? (fields["client_id"], header ?? fields["client_secret"]);
        return key is not null && apiKeys.Verify(key) is { } live && Is(live.Platform, clientId) && Is(live.Platform, fields["client_id"]) && MayUseSecret(live.Platform) ? live.Platform : null;
    }

    // Who is called one thing in the header and another in the body is neither.
    private static bool Is(Platform platform, string? said) => said is null || said == platform.ClientId;

    private static bool IsTried(HttpContext context, RequestFields fields, string? header) =>
        context.Request.Headers.Authorization.Count > 0 || header is not null || fields.Has("client_secret");

    private static bool MayUseSecret(Platform platform) => platform.Client.AuthenticationMethod is null or "client_secret_basic" or "client_secret_post";

    private static (string?, string?)? Basic(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length)) return ("", "");
        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 ? (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])) : ("", "");
    }
}
