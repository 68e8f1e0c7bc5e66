using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Platforms;

namespace Gapura.OpenId.Neighbours;

/// <summary>
/// Token requests as older callbacks send them: parameters in the address, no <c>grant_type</c>. Read so for a platform that
/// is let in so, once it has authenticated; for everybody else the request is what its body says (RFC 6749 section 3.2).
/// </summary>
internal sealed class OldRequests(PlatformRegister platforms, OldWays ways)
{
    private static readonly string[] Names = ["client_id", "client_secret", "code", "redirect_uri", "grant_type"];

    /// <returns>The body's own parameters, or those and the address's; or why they do not go together.</returns>
    public (RequestFields? Fields, Refusal? Refusal) WithQuery(IQueryCollection query, RequestFields body)
    {
        if (query.Count == 0) return (body, null);
        var named = Names.Where(query.ContainsKey).ToList();
        if (named.Count == 0 || platforms.Active(query["client_id"] is [{ } asked] ? asked : body["client_id"] ?? "") is not { } platform || !platform.Client.Has(Quirks.QueryParameters)) return (body, null);
        if (named.Any(name => query[name].Count != 1) || body.Joined(named.Select(name => KeyValuePair.Create(name, query[name][0]))) is not { } all)
            return (null, Refusals.InvalidRequest.Because("A parameter appears twice."));

        // Such a callback sends no redirect_uri. With one registered there is one that the code can have gone to.
        return (all.Has("redirect_uri") || platform.RedirectUris is not [var only] ? all : all.Joined([KeyValuePair.Create("redirect_uri", (string?)only)]), null);
    }

    /// <returns>False for a client that used the address and has not proved who it is.</returns>
    public bool MayUseQuery(CallingClient client, RequestFields fields, RequestFields body)
    {
        if (ReferenceEquals(fields, body)) return true;
        if (!client.IsAuthenticated || !client.Platform.Client.Has(Quirks.QueryParameters)) return false;
        ways.Used(client.Platform, Quirks.QueryParameters);
        return true;
    }

    /// <returns>What a request without <c>grant_type</c> means; null when it means nothing.</returns>
    public string? UnsaidGrantType(CallingClient client, RequestFields fields)
    {
        if (!client.IsAuthenticated || !client.Platform.Client.Has(Quirks.NoGrantType) || fields.Has("grant_type") || !fields.Has("code")) return null;
        ways.Used(client.Platform, Quirks.NoGrantType);
        return "authorization_code";
    }
}
