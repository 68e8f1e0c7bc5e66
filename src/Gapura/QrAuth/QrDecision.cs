using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Storage;

namespace Gapura.QrAuth;

/// <summary>What becomes of a phone's yes, before anything is written. Pure.</summary>
internal abstract record QrDecision
{
    /// <param name="Matched">The right digits were picked.</param>
    /// <param name="Unscanned">A documented phone that never scanned.</param>
    internal sealed record GoAhead(bool Matched, bool Unscanned) : QrDecision;

    /// <summary>Digits that are not on the screen: whoever picked them does not stand before it.</summary>
    internal sealed record WrongChoice : QrDecision;

    internal sealed record No(Refusal Refusal) : QrDecision;

    /// <param name="earlier">What is stored under the claim; null for nothing.</param>
    /// <param name="onScreen">The digits the screen shows for this code and this phone.</param>
    /// <param name="choice">The digits picked on the phone; null for none.</param>
    public static QrDecision Of(Ceremony? earlier, QrChallenge challenge, Device device, PhonePolicy policy, Func<string> onScreen, string? choice, DateTimeOffset now)
    {
        if (earlier is null || IsOver(earlier, challenge, now))
            return policy == PhonePolicy.Documented ? new GoAhead(Matched: false, Unscanned: true) : new No(Refusals.ConfirmationRequired);
        if (earlier.Handle != challenge.Text || earlier.DeviceId != device.Id) return new No(Refusals.InvalidSession);
        return earlier.State switch
        {
            CeremonyState.Denied => new No(Refusals.SignInDenied),
            CeremonyState.Approved or CeremonyState.Collected => new No(Refusals.AlreadyAuthenticated),
            _ => Confirmed(earlier, policy, onScreen, choice),
        };
    }

    private static QrDecision Confirmed(Ceremony scanned, PhonePolicy policy, Func<string> onScreen, string? choice) => scanned.Confirmation switch
    {
        Confirmation.Match when choice is null => new No(Refusals.ConfirmationRequired),
        Confirmation.Match when choice != onScreen() => new WrongChoice(),
        Confirmation.Match => new GoAhead(Matched: true, Unscanned: false),
        Confirmation.Type when scanned.ConfirmedAt is null => new No(Refusals.ConfirmationRequired),
        Confirmation.None when policy != PhonePolicy.Documented => new No(Refusals.ConfirmationRequired),
        _ => new GoAhead(Matched: false, Unscanned: false),
    };

    // An earlier code of the same screen that came to nothing stands in nobody's way.
    private static bool IsOver(Ceremony earlier, QrChallenge challenge, DateTimeOffset now) =>
        earlier.Handle != challenge.Text && (earlier.State == CeremonyState.Denied || (earlier.State == CeremonyState.Scanned && earlier.ExpiresAt <= now));
}
