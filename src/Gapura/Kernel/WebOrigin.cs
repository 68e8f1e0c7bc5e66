using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Gapura.Kernel;

/// <summary>
/// A web origin (RFC 6454) in the one form a browser prints it: scheme, host, port when not the scheme's own.
/// Lower case, no trailing slash. <c>http</c> only for loopback hosts: a token must not cross a network in the clear.
/// </summary>
internal sealed record WebOrigin
{
    private WebOrigin(string text, string host) => (Text, Host) = (text, host);

    public string Text { get; }

    /// <summary>Host and port as a person reads it in an address bar.</summary>
    public string Host { get; }

    /// <summary>Accepts exactly an origin: no path, query, fragment, user, wildcard, <c>null</c> or trailing dot.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WebOrigin? origin)
    {
        origin = null;
        if (string.IsNullOrEmpty(text) || text.Length > 300 || text.Any(c => c is '*' or '\\' or '@' or '?' or '#' or '%' || char.IsWhiteSpace(c) || char.IsControl(c) || IsInvisible(c))) return false;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.AbsolutePath != "/" || uri.UserInfo.Length > 0 || text.Count('/') != 2) return false;
        if (text[^1] is '/' or ':' || IdnHost(uri) is not { Length: > 0 } host || !Ascii.IsValid(host) || host.EndsWith('.')) return false;
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri))) return false;
        host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{host}]" : host.ToLowerInvariant();
        if (!uri.IsDefaultPort) host = string.Create(CultureInfo.InvariantCulture, $"{host}:{uri.Port}");
        origin = new WebOrigin($"{uri.Scheme}://{host}", host);

        // What is written in another script may turn out as a number that a browser reads as an address: "0。0" is 0.0.0.0.
        if (!Ascii.IsValid(text) && !(TryParse(origin.Text, out var again) && again == origin)) origin = null;
        return origin is not null;
    }

    public override string ToString() => Text;

    // Browsers drop a soft hyphen and its like; a person cannot see them at all.
    private static bool IsInvisible(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    // A host that IDNA does not allow parses; it throws when it is asked for, or comes back as it was.
    private static string? IdnHost(Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static bool IsLoopback(Uri uri) => uri.IsLoopback || uri.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
