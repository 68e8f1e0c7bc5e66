using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gapura.Devices;
using Gapura.Platforms;

namespace Gapura.OpenId.Ciba;

/// <summary>
/// What a phone shows of a request, and what it signs about it: the decision, and a digest of everything that was shown. So a
/// yes is a yes to this platform, this message and this scope, and no yes passes for a no, a scan or a sign-in.
/// </summary>
internal sealed record ShownRequest(BackChannelRequest Request, Platform Platform)
{
    public const string Approve = "approve";
    public const string Decline = "decline";

    /// <summary>A no that says that somebody else asked for it.</summary>
    public const string Report = "report";

    /// <summary><c>&lt;issuer&gt;.request:&lt;version&gt;:&lt;id&gt;:&lt;decision&gt;:&lt;digest&gt;</c></summary>
    public string Signed(DevicesOptions options, string decision) => $"{options.Issuer}.request:{options.Version}:{Request.Id}:{decision}:{Digest}";

    /// <summary>
    /// 64 hex digits: SHA-256 over each text in turn, as its length in UTF-8 bytes, a colon and itself. With the lengths no
    /// two different requests run together into one.
    /// </summary>
    private string Digest
    {
        get
        {
            string[] texts =
            [
                Request.Id, Platform.ClientId, Platform.Name, Platform.Domain.Text, Request.BindingMessage ?? "", string.Join(' ', Request.Scope),
                Request.ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ];
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(texts.Select(t => $"{Encoding.UTF8.GetByteCount(t)}:{t}")))));
        }
    }
}
