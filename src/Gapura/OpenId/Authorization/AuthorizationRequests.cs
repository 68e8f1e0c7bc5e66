using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Authorization;

/// <summary>
/// Reads an authorization request from wherever its parameters lie: in the address, in what was pushed ahead (RFC 9126),
/// in what the client signed (RFC 9101). Of the last two, only what is inside counts.
/// </summary>
internal sealed class AuthorizationRequests(PlatformRegister platforms, ClientAuthentication clients, PushedRequests pushed, RequestObjects objects, Mint mint)
{
    public async Task<AuthorizationRead> Read(AuthorizationQuery query, CancellationToken ct)
    {
        // 1. load_client
        if (query.Single("client_id") is not { } clientId || platforms.Active(clientId) is not { } platform) return new AuthorizationRead.Show(Refusals.InvalidClient);

        // 2. load_pushed_request
        if (query.Single("request_uri") is { } uri && uri.StartsWith(PushedRequests.Prefix, StringComparison.Ordinal))
        {
            if (pushed.Open(uri, clientId, hasArrived: query.AskedAt is not null) is not { } ahead) return new AuthorizationRead.Show(Refusals.InvalidRequestUri);
            return Steps(One(ahead.Parameters), platform) is AuthorizationRead.Valid { Request: var request } ? new AuthorizationRead.Valid(request with { PushedId = ahead.Id }) : Steps(One(ahead.Parameters), platform);
        }

        if (platform.Client.RequirePushedRequests == true) return Tell(query, platform, Refusals.InvalidRequest.Because("This client must push its requests (RFC 9126)."));

        // 3. load_request_object
        if (query.Single("request") is { } jwt)
        {
            var (parameters, refusal) = await objects.Read(platform, jwt, ct);
            return parameters is null ? Tell(query, platform, refusal!) : Steps(One(parameters), platform);
        }

        if (platform.Client.RequireSignedRequests == true) return Tell(query, platform, Refusals.InvalidRequest.Because("This client must sign its requests (RFC 9101)."));

        // 4. the parameters themselves
        return Steps(query.Values, platform);
    }

    /// <summary>What a client pushes, in the body or signed: checked before it is taken in.</summary>
    /// <returns>The parameters that count, or why not.</returns>
    public async Task<(IReadOnlyDictionary<string, string>? Parameters, Refusal? Refusal)> ReadPushed(Platform platform, IReadOnlyDictionary<string, string> body, CancellationToken ct)
    {
        var parameters = body;
        if (body.TryGetValue("request", out var jwt))
        {
            (var signed, var refusal) = await objects.Read(platform, jwt, ct);
            if (signed is null) return (null, refusal);
            parameters = signed;
        }
        else if (platform.Client.RequireSignedRequests == true)
        {
            return (null, Refusals.InvalidRequest.Because("This client must sign its requests (RFC 9101)."));
        }

        return Steps(One(parameters), platform) switch
        {
            AuthorizationRead.Valid => (parameters, null),
            AuthorizationRead.Tell { Refusal: var no } => (null, no),
            AuthorizationRead.Show { Refusal: var no } => (null, no),
            _ => throw new InvalidOperationException("A request is read, told or shown."),
        };
    }

    private AuthorizationRead Steps(Func<string, IReadOnlyList<string?>> parameters, Platform platform) =>
        AuthorizationSteps.Read(parameters, id => id == platform.ClientId ? platform : null, clients.CouldProve, mint.ReadIdToken);

    // A refusal before the parameters are known goes to the address beside them, if that is one of the platform's.
    private static AuthorizationRead Tell(AuthorizationQuery query, Platform platform, Refusal refusal) =>
        query.Single("redirect_uri") is { } uri && RedirectUris.Allow(platform, uri)
            ? new AuthorizationRead.Tell(new(uri, ResponseMode.Query, query.Single("state")), refusal)
            : new AuthorizationRead.Show(refusal);

    private static Func<string, IReadOnlyList<string?>> One(IReadOnlyDictionary<string, string> parameters) =>
        name => parameters.TryGetValue(name, out var value) ? [value] : [];
}
