using System.Buffers.Binary;
using System.Security.Cryptography;
using Gapura.Storage;

namespace Gapura.QrAuth;

/// <summary>Issues and reads QR challenges with the keys and the clock of this installation. Touches no store.</summary>
internal sealed class QrChallenges(HandleKeys keys, QrAuthOptions options, TimeProvider time)
{
    public QrChallenge Issue(string clientId, string nonce, NonceMethod method)
    {
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        return QrChallenge.Issue(keys.Ring.Current, options, clientId, nonce, time.GetUtcNow() + options.ChallengeLifetime, BinaryPrimitives.ReadUInt64BigEndian(random), method);
    }

    /// <returns>Null for anything but a live session id of our own making.</returns>
    public QrChallenge? Read(string? text) => QrChallenge.Read(keys.Ring, options, text, time.GetUtcNow());

    /// <summary>Whether it may still be scanned: a screen with a verifier shows a new code long before the old one expires.</summary>
    public bool IsScannable(QrChallenge challenge) =>
        challenge.Method == NonceMethod.Plain || time.GetUtcNow() < challenge.ExpiresAt - options.ChallengeLifetime + options.ScanLifetime;

    /// <returns>The challenge, expired or not, if this verifier belongs to the screen that opened it; null for everybody else.</returns>
    public QrChallenge? ReadFor(string sessionId, string verifier)
    {
        if (!Verifier.IsShaped(verifier) || QrChallenge.ReadEvenLate(keys.Ring, options, sessionId) is not { } challenge) return null;
        var nonce = Verifier.NonceOf(verifier);
        return keys.Ring.Accepted.Any(key => QrChallenge.Commit(key, challenge.ClientId, nonce, challenge.Method) == challenge.Commitment) ? challenge : null;
    }

    /// <summary>What a browser with this nonce may claim: one key for each handle key its screens may have been issued under.</summary>
    public IReadOnlyList<string> Claims(string clientId, string nonce, NonceMethod method) =>
        [.. keys.Ring.Accepted.Select(key => QrChallenge.Claim(clientId, QrChallenge.Commit(key, clientId, nonce, method)))];

    /// <summary>The numbers that belong to this code and this phone, the same on every node and at every asking.</summary>
    public QrDigits DigitsFor(string sessionId, string deviceId) => QrDigits.For(keys.Ring.Accepted, sessionId, deviceId);
}
