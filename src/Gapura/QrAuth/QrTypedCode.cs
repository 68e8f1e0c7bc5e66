using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.QrAuth;

internal abstract record QrTyped
{
    internal sealed record Right : QrTyped;

    internal sealed record Wrong(int TriesLeft) : QrTyped;

    internal sealed record No(Refusal Refusal) : QrTyped;
}

/// <summary>The person types at the screen what the phone shows. Three tries, then the sign-in is over.</summary>
internal sealed class QrTypedCode(QrChallenges challenges, Ceremonies ceremonies, Database database, QrAudit audit)
{
    public async Task<QrTyped> Type(string sessionId, string verifier, string code, CancellationToken ct)
    {
        if (challenges.ReadFor(sessionId, verifier) is not { } challenge || await ceremonies.Known(challenge.ClaimKey, ct) is null) return new QrTyped.No(Refusals.InvalidSession);
        if (await Try(challenge, code, ct) is { } typed) return typed;

        // No code is asked for, or no more: the screen is told what it is; everybody else never gets here.
        return await ceremonies.Find(challenge.ClaimKey, ct) is { State: CeremonyState.Denied } ? new QrTyped.No(Refusals.SignInDenied) : new QrTyped.No(Refusals.InvalidSession);
    }

    private Task<QrTyped?> Try(QrChallenge challenge, string code, CancellationToken ct) => database.Write<QrTyped?>(async sql =>
    {
        if (await ceremonies.Try(sql, challenge.ClaimKey, challenge.Text) is not { } tried) return null;
        if (IsRight(challenges.DigitsFor(challenge.Text, tried.DeviceId!).Code, code))
        {
            await ceremonies.Confirm(sql, challenge.ClaimKey, challenge.Text);
            return new QrTyped.Right();
        }

        if (tried.Tries < Ceremonies.MostTries) return new QrTyped.Wrong(Ceremonies.MostTries - tried.Tries);
        var denied = await ceremonies.Deny(sql, challenge.ClaimKey, challenge.Text, tried.DeviceId!, QrDenial.WrongCode);
        await audit.Denied(sql, denied!, QrDenial.WrongCode);
        return new QrTyped.No(Refusals.SignInDenied);
    }, ct);

    private static bool IsRight(string expected, string typed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(typed));
}
