using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.Sessions;

/// <summary>The pages of platforms that the signed-out page loads, so that each forgets its own cookies (OpenID Connect Front-Channel Logout 1.0).</summary>
internal sealed class FrontChannel(PlatformRegister platforms, Subjects subjects, TokenOptions options)
{
    public IReadOnlyList<LogoutFrame> Of(EndedSession ended) =>
        ended.Id is null ? [] : [.. ended.Platforms.Select(clientId => FrameOf(clientId, ended.Id)).OfType<LogoutFrame>()];

    private LogoutFrame? FrameOf(string clientId, string sessionId)
    {
        if (platforms.Active(clientId) is not { Client: { FrontChannelLogoutUri: { } uri } client } platform || !Platform.IsRedirectUri(uri)) return null;
        if (RedirectUris.OriginOf(uri) is not { } origin) return null;
        var said = new Dictionary<string, string?> { ["iss"] = options.Issuer.Text, ["sid"] = subjects.SessionOf(sessionId, clientId) };
        return new LogoutFrame(platform.Name, origin, client.FrontChannelLogoutSessionRequired == true ? QueryHelpers.AddQueryString(uri, said) : uri);
    }
}

/// <param name="Platform">What it calls itself.</param>
/// <param name="Origin">Whose page it is: the one thing the frame may hold.</param>
internal sealed record LogoutFrame(string Platform, WebOrigin Origin, string Address);
