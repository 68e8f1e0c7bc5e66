using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.SeamlessLogin;

/// <summary>How a page wants to be handed the result of its popup. Without any of these parameters it is the documented message.</summary>
internal sealed record HandOver
{
    /// <summary>The platform's return page, for when the page that opened the popup cannot be reached; null for none.</summary>
    public string? RedirectUri { get; private init; }

    /// <summary>base64url(SHA-256(code_verifier)) of the code there is going to be; null where none is wanted.</summary>
    public string? CodeChallenge { get; private init; }

    /// <summary>The platform's backend redeems the code; no page sees a token.</summary>
    public bool IsForBackend { get; private init; }

    /// <summary>There is no popup: the window itself came, and goes on to the return page.</summary>
    public bool IsWholePage { get; private init; }

    /// <summary>The page says that it has received the message, and the popup waits to hear it.</summary>
    public bool IsAcknowledged { get; private init; }

    /// <summary>Whether the message, and with it the browser, gets a token.</summary>
    public bool SendsToken => !IsForBackend && !IsWholePage;

    /// <summary>Whose the code is.</summary>
    public CodeHolder Holder => IsForBackend ? CodeHolder.Backend : CodeHolder.Page;

    /// <summary>The parameters again, for forms and addresses.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters
    {
        get
        {
            if (RedirectUri is not null) yield return new("redirect_uri", RedirectUri);
            if (IsForBackend) yield return new("response_type", "code");
            if (CodeChallenge is not null) yield return new("code_challenge", CodeChallenge);
            if (CodeChallenge is not null) yield return new("code_challenge_method", "S256");
            if (IsWholePage) yield return new("display", "page");
            if (IsAcknowledged) yield return new("ack", "1");
        }
    }

    /// <param name="parameter">What the request passes under a name; empty is as good as absent.</param>
    /// <returns>What is asked for, or the refusal that names the parameter.</returns>
    public static (HandOver? HandOver, Refusal? Refusal) Read(Func<string, string?> parameter, Platform platform, string? state)
    {
        // 1. check_redirect_uri
        var redirectUri = Said("redirect_uri");
        if (redirectUri is not null && !RedirectUris.Allow(platform, redirectUri)) return No("redirect_uri is not one that is registered for this platform.");

        // 2. check_response_type, check_display, check_ack
        if (Said("response_type") is not (null or "token" or "code")) return No("response_type must be token or code.");
        if (Said("display") is not (null or "popup" or "page")) return No("display must be popup or page.");
        if (Said("ack") is not (null or "1")) return No("ack must be 1.");
        var (isForBackend, isWholePage) = (Said("response_type") == "code", Said("display") == "page");
        if (isForBackend && platform.Client.AuthenticationMethod == "none") return No("response_type=code needs a backend that authenticates, and this platform is registered with token_endpoint_auth_method none.");
        if (isWholePage && redirectUri is null) return No("display=page needs redirect_uri: the return page to go to.");
        if (isWholePage && string.IsNullOrEmpty(state)) return No("display=page needs state: the return page knows its own sign-in by it.");

        // 3. check_code_challenge (RFC 7636): a code is only ever given to whoever made its verifier
        var (challenge, isWanted) = (Said("code_challenge"), isForBackend || redirectUri is not null);
        if (isWanted || challenge is not null || Said("code_challenge_method") is not null)
        {
            if (Said("code_challenge_method") is not "S256") return No("code_challenge_method must be S256.");
            if (!AuthorizationCode.IsHash(challenge)) return No("code_challenge must be base64url(SHA-256(code_verifier)), 43 characters.");
        }

        return (new HandOver
        {
            RedirectUri = redirectUri, CodeChallenge = isWanted ? challenge : null, IsForBackend = isForBackend, IsWholePage = isWholePage, IsAcknowledged = Said("ack") is not null,
        }, null);

        string? Said(string name) => parameter(name) is { Length: > 0 } text ? text : null;
        static (HandOver?, Refusal?) No(string because) => (null, Refusals.InvalidRequest.Because(because));
    }
}
