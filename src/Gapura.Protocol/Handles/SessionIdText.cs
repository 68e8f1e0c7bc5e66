using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Gapura.Protocol.Handles;

/// <summary>
/// The parts of a QR session id, <c>&lt;issuer&gt;:&lt;version&gt;:&lt;clientId&gt;:&lt;32 characters&gt;:&lt;expiry&gt;</c>
/// (shared wire contract of QRAuth). Says nothing about whether it is genuine.
/// </summary>
/// <param name="Code">32 characters of <c>0-9A-Za-z</c>.</param>
/// <param name="Expiry">Unix time in seconds, 10 digits.</param>
public sealed record SessionIdText(string Issuer, string Version, string ClientId, string Code, long Expiry)
{
    /// <summary>No session id is longer: issuer, version and client id have at most 64 characters each.</summary>
    public const int LongestText = 64 + 1 + 64 + 1 + 64 + 1 + 32 + 1 + 10;

    /// <summary>Exactly <c>word:word:word:[A-Za-z0-9]{32}:[1-9][0-9]{9}</c>, a word being 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SessionIdText? parts)
    {
        parts = null;
        if (text is null || text.Length > LongestText || text.Split(':') is not [var issuer, var version, var clientId, var code, var expiry]) return false;
        if (!IsWord(issuer) || !IsWord(version) || !IsWord(clientId)) return false;
        if (code.Length != 32 || !code.All(char.IsAsciiLetterOrDigit)) return false;
        if (expiry.Length != 10 || expiry[0] == '0' || !expiry.All(char.IsAsciiDigit)) return false;
        parts = new SessionIdText(issuer, version, clientId, code, long.Parse(expiry, NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }

    public override string ToString() => $"{Issuer}:{Version}:{ClientId}:{Code}:{Expiry}";

    private static bool IsWord(string text) => text.Length is >= 1 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
