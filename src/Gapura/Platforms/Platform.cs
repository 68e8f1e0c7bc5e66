using Gapura.Kernel;

namespace Gapura.Platforms;

/// <summary>A partner that signs people in through us.</summary>
internal sealed record Platform
{
    /// <summary>1 to 64 of <c>A-Z a-z 0-9 . _ -</c>; never a colon, which separates the parts of a session id.</summary>
    public required string ClientId { get; init; }

    /// <summary>On the wire <c>namaPlatform</c>.</summary>
    public required string Name { get; init; }

    /// <summary>On the wire <c>namaPerusahaan</c>.</summary>
    public required string Company { get; init; }

    /// <summary>On the wire <c>deskripsi</c>; may be null there too.</summary>
    public string? Description { get; init; }

    /// <summary>Where its button lives: the one origin that tokens of the popup are handed to.</summary>
    public required WebOrigin Domain { get; init; }

    /// <summary>Further origins whose pages may call the QR endpoints.</summary>
    public IReadOnlyList<WebOrigin> Origins { get; init; } = [];

    /// <summary>Absolute, without fragment, compared as exact strings.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>May ask about tokens that were issued to other platforms (introspection).</summary>
    public bool IsResourceApi { get; init; }

    /// <summary>What a phone must do before it may sign somebody in here.</summary>
    public PhonePolicy PhonePolicy { get; init; }

    /// <summary>Neither of the two doors knows it: a platform that registered itself, until an operator says otherwise.</summary>
    public bool IsOAuthOnly { get; init; }

    /// <summary>For trying out: test people sign in to it, and nobody else.</summary>
    public bool IsSandbox { get; init; }

    /// <summary>What it registered for OAuth 2.0 and OpenID Connect.</summary>
    public ClientSettings Client { get; init; } = ClientSettings.Usual;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <param name="origin">Text of an Origin header.</param>
    public bool HasOrigin(string origin) => Origins.Prepend(Domain).Any(o => o.Text == origin);

    public static bool IsClientId(string text) =>
        text.Length is >= 1 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>https, or http on a loopback host; no fragment, no user, no wildcard (RFC 9700 section 2.1, RFC 8252 section 7.3).</summary>
    public static bool IsRedirectUri(string text) =>
        text.Length <= 2000 && text.All(c => c is > ' ' and <= '~') && !text.Contains('*', StringComparison.Ordinal) && !text.Contains('#', StringComparison.Ordinal)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}

/// <summary>How much a platform asks of the phone and of its own screen, from the least to the most.</summary>
internal enum PhonePolicy
{
    /// <summary>The documented calls are enough; a screen and a phone of ours confirm all the same.</summary>
    Documented,

    /// <summary>A screen that keeps a verifier, a phone that scans, and a number that is compared, or typed where it is risky.</summary>
    Confirm,

    /// <summary>As <see cref="Confirm"/>, and the code is always typed.</summary>
    TypeCode,
}
