using System.Text;
using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId.Clients;

/// <summary>
/// Which platform's backend is calling: its API key in one of the configured headers, by HTTP Basic as
/// <c>clientId:apiKey</c> (RFC 6749 section 2.3.1), or as <c>client_id</c> and <c>client_secret</c> in the body.
/// </summary>
internal sealed class ClientAuthentication(ApiKeys apiKeys, ApiKeyHeaders headers, PlatformRegister platforms)
{
    /// <summary>Who calls. One that tried to authenticate and failed is nobody; one that did not try is whom it says, and the caller asks <see cref="CallingClient.IsKnown"/>.</summary>
    public Task<(CallingClient? Client, Refusal? Refusal)> Identify(HttpContext context, RequestFields fields, CancellationToken ct)
    {
        if (IsTried(context, fields)) return Task.FromResult((Authenticate(context, fields) is { } shown ? new CallingClient(shown, ClientProof.Secret, CouldProve: true) : null, (Refusal?)null));
        var named = platforms.Active(fields["client_id"] ?? "");
        return Task.FromResult((named is null ? null : new CallingClient(named, ClientProof.None, CouldProve(named)), (Refusal?)null));
    }

    /// <returns>Null when no key was shown or it is not valid for the client it was shown for.</returns>
    public Platform? Authenticate(HttpContext context, RequestFields fields)
    {
        var (clientId, key) = Basic(context) ?? (fields["client_id"], headers.Read(context) ?? fields["client_secret"]);
        return key is not null && apiKeys.Verify(key) is { } live && (clientId is null || clientId == live.Platform.ClientId) ? live.Platform : null;
    }

    /// <summary>Whether the caller tried to authenticate at all. One that tried and failed is never let in as a public client.</summary>
    public bool IsTried(HttpContext context, RequestFields fields) =>
        context.Request.Headers.Authorization.Count > 0 || headers.Read(context) is not null || fields.Has("client_secret");

    /// <summary>Whether the platform has a secret or a key to show at all.</summary>
    public bool CouldProve(Platform platform) => platform.Client.HasOwnKey || apiKeys.IsKeyed(platform.ClientId);

    /// <summary>401 with the challenge RFC 6749 section 5.2 asks for.</summary>
    /// <param name="because">A sentence of its own; null for the usual one.</param>
    public static IResult Refuse(HttpContext context, Refusal? because = null)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Gapura\", charset=\"UTF-8\"";
        return (because ?? Refusals.ClientNotAuthenticated).AsCode();
    }

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
