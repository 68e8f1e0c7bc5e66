using System.Text.Json.Serialization;
using Gapura.Accounts;
using Gapura.Storage;

namespace Gapura.QrAuth;

/// <summary>How a sign-in stands, as its screen may know it. About the person it says no more than a hint.</summary>
internal sealed record QrState(
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("sessionId")] string? SessionId = null,
    [property: JsonPropertyName("expires")] long? Expires = null,
    [property: JsonPropertyName("by")] string? By = null,
    [property: JsonPropertyName("confirmation")] string? Confirmation = null,
    [property: JsonPropertyName("digits")] string? Digits = null,
    [property: JsonPropertyName("triesLeft")] int? TriesLeft = null,
    [property: JsonPropertyName("reason")] string? Reason = null)
{
    public static readonly QrState Waiting = new("waiting");
}

/// <summary>Reads the state of a screen's claim. A claim nobody has scanned costs no look at the store.</summary>
internal sealed class QrStates(QrChallenges challenges, Ceremonies ceremonies, AccountRegister accounts, TimeProvider time)
{
    public async Task<QrState> Of(IReadOnlyList<string> claims, CancellationToken ct)
    {
        foreach (var claim in claims)
            if (ceremonies.MayHold(claim) && await ceremonies.Find(claim, ct) is { } ceremony) return await Of(ceremony, ct);
        return QrState.Waiting;
    }

    private async Task<QrState> Of(Ceremony ceremony, CancellationToken ct) => ceremony.State switch
    {
        CeremonyState.Approved => new QrState("approved", ceremony.Handle),
        CeremonyState.Collected => new QrState("collected"),
        CeremonyState.Denied => new QrState("denied", Reason: ceremony.DeniedBecause),
        CeremonyState.Scanned when ceremony.ExpiresAt <= time.GetUtcNow() => QrState.Waiting,
        _ => Scanned(ceremony, await accounts.Active(ceremony.AccountId, ct) is { } account ? Hint(account.Name.Length > 0 ? account.Name : account.Username) : "•••"),
    };

    private QrState Scanned(Ceremony ceremony, string by)
    {
        var (handle, expires) = (ceremony.Handle, ceremony.ExpiresAt.ToUnixTimeSeconds());
        if (ceremony.ConfirmedAt is not null) return new QrState("confirmed", handle, expires, by);
        var asked = QrContext.Word(ceremony.Confirmation);
        return ceremony.Confirmation switch
        {
            Storage.Confirmation.Match => new QrState("scanned", handle, expires, by, asked, Digits: challenges.DigitsFor(handle, ceremony.DeviceId!).OnScreen),
            Storage.Confirmation.Type => new QrState("scanned", handle, expires, by, asked, TriesLeft: Ceremonies.MostTries - ceremony.Tries),
            _ => new QrState("scanned", handle, expires, by, asked),
        };
    }

    /// <summary>The first letters of the first two words, and dots that say nothing of the rest: <c>C••• J•••</c>.</summary>
    internal static string Hint(string name) => string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => word.EnumerateRunes().First() + "•••"));
}
