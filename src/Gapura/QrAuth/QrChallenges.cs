using System.Buffers.Binary;
using System.Security.Cryptography;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.QrAuth;

/// <summary>Issues and reads QR challenges with the keys and the clock of this installation. Touches no store.</summary>
internal sealed class QrChallenges(HandleKeys keys, QrAuthOptions options, TimeProvider time)
{
    /// <summary>A code for the browser that can claim so.</summary>
    /// <param name="claims">As <see cref="ClaimsOf"/> gave them a moment ago.</param>
    public QrChallenge Issue(IReadOnlyList<BrowserClaim> claims)
    {
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        var by = claims[^1];
        return QrChallenge.Issue(by.Key, options, by.ClientId, by.Commitment, time.GetUtcNow() + options.ChallengeLifetime, BinaryPrimitives.ReadUInt64BigEndian(random), by.Method);
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

    /// <summary>What a browser with this nonce may claim: once for each handle key its screens may have been issued under, the one that issues now last.</summary>
    public IReadOnlyList<BrowserClaim> ClaimsOf(string clientId, string nonce, NonceMethod method)
    {
        var ring = keys.Ring;
        var claims = new List<BrowserClaim>(ring.Accepted.Count);
        foreach (var key in ring.Accepted)
            if (key != ring.Current) claims.Add(new(key, clientId, QrChallenge.Commit(key, clientId, nonce, method), method));
        claims.Add(new(ring.Current, clientId, QrChallenge.Commit(ring.Current, clientId, nonce, method), method));
        return claims;
    }

    /// <summary>The numbers that belong to this code and this phone, the same on every node and at every asking.</summary>
    public QrDigits DigitsFor(string sessionId, string deviceId) => QrDigits.For(keys.Ring.Accepted, sessionId, deviceId);
}

/// <summary>What a browser can claim by its nonce, under one handle key.</summary>
/// <param name="Commitment">As <see cref="QrChallenge.Commit"/> gives it.</param>
internal readonly record struct BrowserClaim(HandleKey Key, string ClientId, ulong Commitment, NonceMethod Method)
{
    /// <summary>What its ceremony is stored under.</summary>
    public string StoredUnder => QrChallenge.Claim(ClientId, Commitment);
}
