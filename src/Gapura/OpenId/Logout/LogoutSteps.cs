using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.OpenId.Logout;

/// <summary>Reads a wish to sign out in numbered steps, in the order of the specification. Pure: parameters, the register and a reader of our tokens in, a request or a refusal out.</summary>
internal static class LogoutSteps
{
    private const int LongestText = 2_000;
    private const int LongestToken = 8_192;

    private static readonly string[] Known = ["id_token_hint", "logout_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales"];

    /// <param name="parameters">Values by name, as often as they came.</param>
    /// <param name="idTokens">Reads an ID token of ours; null for any other.</param>
    public static LogoutRead Read(Func<string, IReadOnlyList<string?>> parameters, Func<string, IdTokenHint?> idTokens, Func<string, Platform?> platforms)
    {
        // 1. reject_repeated_parameters
        if (Known.FirstOrDefault(name => parameters(name).Count > 1) is { } repeated) return No($"{repeated} appears twice.");
        if (Known.FirstOrDefault(name => Single(name)?.Length > (name == "id_token_hint" ? LongestToken : LongestText)) is { } tooLong) return No($"{tooLong} is too long.");

        // 2. load_hint
        var hint = Single("id_token_hint") is { } token ? idTokens(token) : null;
        if (Single("id_token_hint") is not null && hint is null) return No("id_token_hint is not an ID token that was issued here.");

        // 3. check_client_id
        var clientId = Single("client_id");
        if (clientId is not null && hint is not null && clientId != hint.ClientId) return No("client_id is not the one the id_token_hint was issued to.");
        var platform = (clientId ?? hint?.ClientId) is { } named && named != PlatformRegister.OwnClientId ? platforms(named) : null;
        if (clientId is not null && platform is null) return new LogoutRead.Show(Refusals.InvalidClient);

        // 4. check_post_logout_redirect_uri: where nobody says who asks, it is nobody's, and the person stays here.
        var address = Single("post_logout_redirect_uri");
        if (address is not null && platform is not null && !IsRegistered(platform, address)) return No("post_logout_redirect_uri is not one that is registered for this client.");

        return new LogoutRead.Valid(new LogoutRequest
        {
            Platform = platform, Hint = hint, UiLocales = Single("ui_locales"), ReturnAddress = address is null || platform is null ? null : WithState(address, Single("state")),
        });

        string? Single(string name) => parameters(name) is [{ Length: > 0 } one] ? one : null;
        static LogoutRead.Show No(string because) => new(Refusals.InvalidRequest.Because(because));
    }

    // What was registered under older rules is held to today's: a script is no address.
    private static bool IsRegistered(Platform platform, string address) => platform.Client.PostLogoutRedirectUris?.Contains(address, StringComparer.Ordinal) == true && Platform.IsRedirectUri(address);

    private static string WithState(string address, string? state) => state is null ? address : QueryHelpers.AddQueryString(address, "state", state);
}
