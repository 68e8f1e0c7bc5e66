using System.Text;
using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Gapura.SeamlessLogin;

namespace Gapura.Hosting.Refused;

/// <param name="Why">What the answer kept to itself.</param>
internal sealed record Attributed(string ClientId, RefusedProof Proof, RefusedWhy Why = RefusedWhy.Nothing);

/// <summary>Whose request it was: by what it proves, then by what it carries, then by what it merely says.</summary>
internal sealed class Attribution(ApiKeys apiKeys, ApiKeyHeaders headers, PlatformRegister platforms, LoginTickets tickets, TimeProvider time)
{
    private const int LongestKey = 512;

    /// <returns>Null for nobody's that we know.</returns>
    public Attributed? Of(HttpContext context, RequestFields? fields) =>
        context.Features.Get<CallingClient>() is { IsAuthenticated: true, Platform.ClientId: var proved } ? new Attributed(proved, RefusedProof.Key)
        : ByKey(context, fields) ?? ByTicket(context, fields) ?? ByName(context, fields);

    private Attributed? ByKey(HttpContext context, RequestFields? fields)
    {
        foreach (var shown in Keys(context, fields))
        {
            if (apiKeys.Known(shown) is { } key) return new Attributed(key.ClientId, RefusedProof.Key, WhyDead(key, RefusedWhy.KeyRevoked, RefusedWhy.KeyExpired));

            // The id within a key is no secret: it says whom somebody means, and that the rest does not fit.
            if (apiKeys.NamedBy(shown) is { } owner) return new Attributed(owner, RefusedProof.Named, RefusedWhy.KeyMistyped);
        }

        return null;
    }

    private Attributed? ByTicket(HttpContext context, RequestFields? fields)
    {
        if (!context.Request.Path.StartsWithSegments("/seamlesslogin", StringComparison.OrdinalIgnoreCase) || Popups.TicketIn(context, fields) is not { } text) return null;
        if (tickets.ApiKeyIdOf(text) is not { } id || apiKeys.KnownById(id) is not { } key) return null;
        var why = WhyDead(key, RefusedWhy.TicketOfDeadKey, RefusedWhy.TicketOfDeadKey);
        return new Attributed(key.ClientId, RefusedProof.Ticket, why == RefusedWhy.Nothing && tickets.Read(text) is null ? RefusedWhy.TicketExpired : why);
    }

    private Attributed? ByName(HttpContext context, RequestFields? fields)
    {
        foreach (var name in Names(context, fields))
            if (name is { Length: > 0 and <= 64 } && platforms.Active(name) is { ClientId: not PlatformRegister.OwnClientId and var clientId }) return new Attributed(clientId, RefusedProof.Named);
        return null;
    }

    private RefusedWhy WhyDead(ApiKey key, RefusedWhy revoked, RefusedWhy expired) =>
        key.RevokedAt is not null ? revoked : key.IsLive(time.GetUtcNow()) ? RefusedWhy.Nothing : expired;

    private IEnumerable<string> Keys(HttpContext context, RequestFields? fields)
    {
        string?[] all = [headers.Read(context), context.Request.Query["key"], Basic(context)?.Secret, fields?["client_secret"], context.Request.Query["client_secret"]];
        return all.Where(k => k is { Length: > 0 and <= LongestKey })!;
    }

    // A session id names its platform in the third of its five parts.
    private static IEnumerable<string?> Names(HttpContext context, RequestFields? fields) =>
    [
        fields?["client_id"], fields?["clientId"], context.Request.Query["client_id"], context.Request.Query["clientId"], Basic(context)?.Name,
        fields?["sessionId"] is { Length: <= 512 } sessionId && sessionId.Split(':') is [_, _, var named, _, _] ? named : null,
    ];

    private static (string Name, string Secret)? Basic(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length > 2 * LongestKey || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var name, var secret]
            ? (Uri.UnescapeDataString(name), Uri.UnescapeDataString(secret)) : null;
    }
}
