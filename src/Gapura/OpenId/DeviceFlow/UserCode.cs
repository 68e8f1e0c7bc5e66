using System.Security.Cryptography;

namespace Gapura.OpenId.DeviceFlow;

/// <summary>
/// What a person reads off a device and types (RFC 8628 section 6.1): 8 consonants of 20, 34 bits. No vowels, so that no
/// word comes out; no digits, so that nobody wonders whether it is an O.
/// </summary>
/// <param name="Letters">Upper case, without the dash.</param>
internal readonly record struct UserCode(string Letters)
{
    private const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ";
    private const int Length = 8;

    // What people put between the halves, or a keyboard of its own accord in the place of the dash.
    private const string PassedOver = "- \u00a0\u2010\u2011\u2012\u2013\u2014";

    public static UserCode New() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>Any case, with or without the dash.</summary>
    public static UserCode? Read(string? typed)
    {
        if (typed is null || typed.Length > 4 * Length) return null;
        var letters = string.Concat(typed.Where(c => !PassedOver.Contains(c, StringComparison.Ordinal))).ToUpperInvariant();
        return letters.Length == Length && letters.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? new UserCode(letters) : null;
    }

    /// <summary><c>WDJB-MJHT</c></summary>
    public override string ToString() => $"{Letters[..4]}-{Letters[4..]}";
}
