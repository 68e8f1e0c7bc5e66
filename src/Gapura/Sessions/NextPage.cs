using Gapura.Kernel;
using Gapura.Platforms;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.Sessions;

/// <summary>Where a person goes on after signing in at our own page: back to the authorization request or the device's code that sent them, or to their account. Never anywhere else.</summary>
/// <param name="Address">Path and query of ours.</param>
/// <param name="FormTarget">Where that request will lead in the end: a browser follows a form's redirects only to origins the page named.</param>
/// <param name="Platform">Whose request it is; null for none, or one that a code stands for.</param>
internal sealed record NextPage(string Address, WebOrigin? FormTarget, Platform? Platform = null)
{
    private const string Authorization = "/oauth/authorize?";
    private const string Device = "/device?user_code=";
    private const int Longest = 8_000;

    public static readonly NextPage Account = new("/account", null);

    /// <summary>Anything but a request of our own making is passed over.</summary>
    public static NextPage Read(string? next, PlatformRegister platforms)
    {
        // Eight letters and their dash, and nothing behind them.
        if (next?.Length == Device.Length + 9 && next.StartsWith(Device, StringComparison.Ordinal) && next[Device.Length..].All(c => char.IsAsciiLetterUpper(c) || c == '-')) return new NextPage(next, null);
        if (next is null || next.Length > Longest || !next.StartsWith(Authorization, StringComparison.Ordinal) || next.Any(c => c is <= ' ' or > '~' or '\\' or '#')) return Account;
        var query = QueryHelpers.ParseQuery(next[(Authorization.Length - 1)..]);
        var (clientId, redirectUri) = (query.TryGetValue("client_id", out var id) ? id.ToString() : "", query.TryGetValue("redirect_uri", out var uri) ? uri.ToString() : "");
        var platform = platforms.Active(clientId);
        var isRegistered = platform is not null && RedirectUris.Allow(platform, redirectUri);
        return new NextPage(next, isRegistered && WebOrigin.TryParse(new Uri(redirectUri).GetLeftPart(UriPartial.Authority), out var origin) ? origin : null, platform);
    }

    public bool IsAccount => this == Account;

    /// <summary>A platform may have opened the request in a popup, which must keep its opener.</summary>
    public bool MayBePopup => Address.StartsWith(Authorization, StringComparison.Ordinal);
}
