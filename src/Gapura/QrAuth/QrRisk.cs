using Gapura.Platforms;
using Gapura.Storage;

namespace Gapura.QrAuth;

/// <summary>All that is known at the moment a phone scans.</summary>
internal sealed record QrCircumstances
{
    public required PhonePolicy Policy { get; init; }

    public required NonceMethod Method { get; init; }

    public required string ClientId { get; init; }

    public required Screen Screen { get; init; }

    /// <summary>The screen's browser has signed in as this very person before, and can prove it.</summary>
    public bool IsFamiliar { get; init; }

    public string? PhoneNetwork { get; init; }

    public string? PhoneCountry { get; init; }

    /// <summary>Sign-ins this person said yes to in the last months.</summary>
    public IReadOnlyList<PastSignIn> Past { get; init; } = [];
}

internal sealed record PastSignIn(string? ClientId, string? Browser, string? System, string? Network);

/// <summary>
/// How much a person must show before a phone may sign a screen in, and why. Pure: circumstances in, judgement out.
/// <c>docs/risk.md</c> says the same for people.
/// </summary>
internal sealed record QrRisk(IReadOnlyList<string> Reasons, Confirmation Confirmation, bool FirstTime, bool? SameNetwork)
{
    public static QrRisk Of(QrCircumstances c)
    {
        bool? sameNetwork = c.Screen.Network is null || c.PhoneNetwork is null ? null : c.Screen.Network == c.PhoneNetwork;
        var firstTime = !c.Past.Any(p => p.ClientId == c.ClientId);
        var isKnownScreen = c.IsFamiliar || c.Past.Any(p => p.Browser == c.Screen.Browser && p.System == c.Screen.System && p.Network == c.Screen.Network && c.Screen.IsKnown);

        List<string> reasons = [];
        if (c.Policy == PhonePolicy.TypeCode) reasons.Add(Reason.Policy);
        if (!c.Screen.IsKnown) reasons.Add(Reason.UnknownScreen);
        if (c.Screen.Country is not null && c.PhoneCountry is not null && c.Screen.Country != c.PhoneCountry) reasons.Add(Reason.OtherCountry);

        // A desktop on a cable and a phone on mobile data are everyday: another network counts only until the screen is known.
        if (sameNetwork == false && !isKnownScreen) reasons.Add(Reason.OtherNetwork);
        if (c.Screen.IsKnown && !isKnownScreen) reasons.Add(Reason.NewBrowser);
        if (firstTime) reasons.Add(Reason.FirstUse);
        return new QrRisk(reasons, Asked(c, reasons.Count > 0), firstTime, sameNetwork);
    }

    // A documented screen can neither show a number nor take one.
    private static Confirmation Asked(QrCircumstances c, bool isRisky) =>
        c.Method == NonceMethod.Plain ? Confirmation.None : isRisky ? Confirmation.Type : Confirmation.Match;
}

/// <summary>Words for the wire, the audit and the phone's own sentences.</summary>
internal static class Reason
{
    public const string Policy = "policy";
    public const string UnknownScreen = "unknown_screen";
    public const string OtherCountry = "other_country";
    public const string OtherNetwork = "other_network";
    public const string NewBrowser = "new_browser";
    public const string FirstUse = "first_use";
}
