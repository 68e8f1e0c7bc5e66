using System.Buffers.Binary;
using System.Security.Cryptography;
using Gapura.Storage;

namespace Gapura.QrAuth;

/// <summary>Issues and reads QR challenges with the keys and the clock of this installation. Touches no store.</summary>
internal sealed class QrChallenges(HandleKeys keys, QrAuthOptions options, TimeProvider time)
{
    public QrChallenge Issue(string clientId, string nonce)
    {
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        return QrChallenge.Issue(keys.Ring.Current, options, clientId, nonce, time.GetUtcNow() + options.ChallengeLifetime, BinaryPrimitives.ReadUInt64BigEndian(random));
    }

    /// <returns>Null for anything but a live session id of our own making.</returns>
    public QrChallenge? Read(string? text) => QrChallenge.Read(keys.Ring, options, text, time.GetUtcNow());

    /// <summary>What a browser with this nonce may claim: one key for each handle key its screens may have been issued under.</summary>
    public IEnumerable<string> Claims(string clientId, string nonce) =>
        keys.Ring.Accepted.Select(key => QrChallenge.Claim(clientId, QrChallenge.Commit(key, clientId, nonce)));
}
