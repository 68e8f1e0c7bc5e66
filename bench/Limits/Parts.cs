using System.Diagnostics;
using System.Security.Cryptography;
using Gapura.Bench.Running;

namespace Gapura.Bench.Limits;

/// <summary>What an operation costs alone, one after another in this process. Microseconds.</summary>
/// <param name="Processor">Of processor time.</param>
/// <param name="Wall">Of the clock: waiting for the disk and for others included.</param>
internal sealed record Cost(double Processor, double Wall);

/// <summary>The three parts no sign-in can do without: one verification, one signature, one share of a group commit.</summary>
internal sealed record Parts(Cost Verification, Cost Signature, Cost CommitShare)
{
    public double Processor => Verification.Processor + Signature.Processor + CommitShare.Processor;

    /// <param name="effort">1 for the usual; less measures shorter.</param>
    public static Parts Measure(double effort)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var hash = RandomNumberGenerator.GetBytes(32);
        var (key, signature) = (Secp256k1.PublicKey(secret), Secp256k1.Sign(secret, hash));
        using var mint = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var claims = RandomNumberGenerator.GetBytes(400);
        return new Parts(
            Each((int)(40_000 * effort), () =>
            {
                if (!Secp256k1.Verify(key, hash, signature)) throw new CryptographicException("A right signature was refused.");
            }),
            Each((int)(40_000 * effort), () => mint.SignData(claims, HashAlgorithmName.SHA256)),
            CommitShares.Measure((int)(20_000 * effort)));
    }

    public static Cost Each(int count, Action act)
    {
        for (var i = 0; i < count / 10; i++) act();
        var (cpu, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        for (var i = 0; i < count; i++) act();
        return new Cost((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count, Stopwatch.GetElapsedTime(clock).TotalMicroseconds / count);
    }
}
