using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gapura.Platforms;
using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>
/// What a person is called towards a platform (OpenID Connect Core 1.0 section 8): the account's id, or, for a platform that
/// registered <c>pairwise</c>, a name that its sector alone knows, so that two of them cannot compare their lists.
/// </summary>
internal sealed class Subjects(PlatformRegister platforms, MasterKey master)
{
    private readonly byte[] _key = master.Derive("pairwise subject");

    /// <summary>The same by its client id. Who was a platform a moment ago is told a name that nobody else knows.</summary>
    public string Of(string accountId, string clientId) => platforms.Active(clientId) is { } platform ? Of(accountId, platform) : Name(clientId, accountId);

    /// <returns>The account's id, or 43 characters of base64url.</returns>
    public string Of(string accountId, Platform platform) => platform.Client.SubjectType == "pairwise"
        ? Name(Sector(platform), accountId)
        : accountId;

    /// <summary>What the browser's session is called towards a platform (<c>sid</c>): its own for each, as subjects are.</summary>
    public string SessionOf(string sessionId, string clientId) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"sid\n{clientId}\n{sessionId}")).AsSpan(0, 16));

    /// <summary>The host whose platforms share their names of people.</summary>
    public static string Sector(Platform platform) =>
        Uri.TryCreate(platform.Client.SectorIdentifierUri ?? (platform.RedirectUris.Count > 0 ? platform.RedirectUris[0] : null), UriKind.Absolute, out var uri) ? uri.Host : platform.Domain.Host;

    private string Name(string sector, string accountId) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{sector}\n{accountId}")));
}
