using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId.Pages;

/// <summary>A page of a platform's own that it registered to be shown (OpenID Connect Dynamic Client Registration 1.0 section 2).</summary>
/// <param name="Kind"><c>policy</c>, <c>terms</c> or <c>site</c>.</param>
/// <param name="Host">Where it leads, for the person's eyes: a platform may call any page its policy.</param>
public sealed record PlatformLink(string Kind, string Href, string Host)
{
    private const int Longest = 2_000;

    /// <summary>Those that are plain https addresses; anything else is not shown, whoever let it be registered.</summary>
    internal static IReadOnlyList<PlatformLink> Of(ClientSettings client) =>
        [.. new[] { Read("policy", client.PolicyUri), Read("terms", client.TermsUri), Read("site", client.ClientUri) }.OfType<PlatformLink>()];

    private static PlatformLink? Read(string kind, string? address) =>
        address is { Length: <= Longest } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0
        && WebOrigin.TryParse(uri.GetLeftPart(UriPartial.Authority), out var origin)
            ? new PlatformLink(kind, uri.AbsoluteUri, origin.Host)
            : null;
}
