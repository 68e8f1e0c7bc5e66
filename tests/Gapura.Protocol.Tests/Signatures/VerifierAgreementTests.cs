using System.Numerics;
using Gapura.Protocol.Signatures;
using Xunit;
using static Gapura.Protocol.Tests.Signatures.ReferenceCurve;

namespace Gapura.Protocol.Tests.Signatures;

/// <summary>Managed, native and OpenSSL say the same of signatures that are good, damaged and at the edges of the arithmetic.</summary>
/// <remarks>Every question is derived from a fixed seed, and a failure prints the question itself.</remarks>
public sealed class VerifierAgreementTests
{
    private static readonly BigInteger Lambda = Hex("5363AD4CC05C30E0A5261C028812645A122E22EA20816678DF02967C1B23BD72");

    public static TheoryData<string> Seeds => [.. Enumerable.Range(0, 8).Select(index => $"agreement {index}")];

    [Theory, MemberData(nameof(Seeds))]
    public void They_agree_with_libsecp256k1_on_good_and_damaged_signatures(string seed)
    {
        var native = Verifiers.NativeOrSkip();
        foreach (var (question, expected) in Questions(seed))
            Expect(native, question, expected);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void They_agree_with_OpenSSL_on_good_and_damaged_signatures(string seed)
    {
        OpenSslVerifier.SkipUnlessCurveIsKnown();
        foreach (var (question, expected) in Questions(seed).Take(200))
            Assert.True(OpenSslVerifier.Verify(question) == (expected ?? Ask(Verifiers.Managed, question)), $"OpenSSL, {question}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_managed_verifier_is_right_on_good_and_damaged_signatures(string seed)
    {
        foreach (var (question, expected) in Questions(seed))
            Expect(Verifiers.Managed, question, expected);
    }

    [Fact]
    public void Edge_scalars_with_keys_related_to_the_generator_are_accepted()
    {
        var half = (N + 1) / 2;
        var power = BigInteger.Pow(2, 128);
        BigInteger[] factors = [0, 1, 2, 3, 15, 16, 17, 512, N - 1, N - 2, half, Lambda, N - Lambda, power, power - 1, N - power];
        BigInteger[] secrets = [1, 2, 3, N - 1, half, Lambda, N - Lambda, Lambda * Lambda % N, power];
        var questions = (
            from u1 in factors
            from u2 in factors
            from secret in secrets
            select SignedHash.ThatComputes(u1, u2, secret)).OfType<SignedHash>().ToList();
        Assert.True(questions.Count > 1900, $"{questions.Count} questions");
        foreach (var question in questions)
            ExpectOfAll(question, true);
    }

    [Fact]
    public void A_point_at_infinity_is_refused()
    {
        // With hash = −r · secret, u1 · G and u2 · Q cancel, whatever s is.
        var random = new SeededBytes("infinity");
        for (var i = 0; i < 50; i++)
        {
            var (secret, r, s) = (i < 5 ? i + 1 : random.NextScalar(), random.NextScalar(), random.NextScalar());
            var (x, y) = MultiplyG(secret)!.Value;
            ExpectOfAll(new SignedHash(x, y, Bytes32(Mod(-r * secret, N)), r, s), false);
        }
    }

    [Fact]
    public void An_x_above_the_order_is_compared_as_r_plus_n()
    {
        var random = new SeededBytes("r + n");
        var wrapped = 0;
        for (var x = N + 1; wrapped < 50; x++)
        {
            if (Lift(x) is not { } point)
                continue;
            wrapped++;
            var question = SignedHash.ThatReaches(point, random.NextScalar(), random.NextScalar());
            Assert.Equal(x - N, question.R);
            ExpectOfAll(question, true);
            ExpectOfAll(question with { S = N - question.S }, true);
            ExpectOfAll(question with { R = question.R + 1 }, false);
        }
    }

    [Fact]
    public void A_small_x_is_compared_as_r_itself()
    {
        var random = new SeededBytes("small r");
        for (BigInteger x = 1; x < 60; x++)
        {
            if (Lift(x) is { } point)
                ExpectOfAll(SignedHash.ThatReaches(point, random.NextScalar(), random.NextScalar()), true);
        }
    }

    [Fact]
    public void A_hash_counts_modulo_the_order()
    {
        var random = new SeededBytes("hash");
        for (var i = 0; i < 50; i++)
        {
            var secret = random.NextScalar();
            foreach (var hash in new[] { 0, N, BigInteger.Pow(2, 256) - 1, N - 1, N + 1 })
            {
                var nonce = random.NextScalar();
                var (x, y) = MultiplyG(secret)!.Value;
                var r = MultiplyG(nonce)!.Value.X % N;
                var s = (hash + r * secret) * Invert(nonce, N) % N;
                ExpectOfAll(new SignedHash(x, y, Bytes32(hash), r, s), true);
            }
        }
    }

    /// <summary>Good signatures, each followed by what becomes of it; with the right answer, or null when only agreement counts.</summary>
    private static IEnumerable<(SignedHash Question, bool? Expected)> Questions(string seed)
    {
        var random = new SeededBytes(seed);
        for (var i = 0; i < 20; i++)
        {
            var valid = SignedHash.Random(random);
            var other = SignedHash.Random(random);
            yield return (valid, true);
            yield return (valid with { S = N - valid.S }, true);
            yield return (valid with { KeyY = P - valid.KeyY }, false);
            yield return (valid with { KeyX = other.KeyX, KeyY = other.KeyY }, false);
            yield return (valid with { Hash = other.Hash }, false);
            yield return (valid with { Hash = Flip(valid.Hash, random.Below(256)) }, false);
            yield return (valid with { R = other.R }, false);
            yield return (valid with { R = N - valid.R }, false);
            yield return (valid with { R = valid.S, S = valid.R }, false);
            foreach (var edge in new[] { 1, 2, N - 1, N - 2, N / 2, P - N, P - N - 1 })
            {
                yield return (valid with { R = edge }, false);
                yield return (valid with { S = edge }, false);
            }

            foreach (var (r, s) in new[] { (FlipOne(valid.R, random), valid.S), (valid.R, FlipOne(valid.S, random)) })
            {
                if (r > 0 && r < N && s > 0 && s < N)
                    yield return (valid with { R = r, S = s }, false);
            }

            foreach (var outside in new[] { 0, N, N + 1, BigInteger.Pow(2, 256) - 1 })
            {
                yield return (valid with { R = outside }, false);
                yield return (valid with { S = outside }, false);
            }

            yield return (valid with { R = 0, S = 0 }, false);
            // Nobody knows the answer beforehand; only that all must give the same.
            yield return (valid with { R = random.NextScalar(), S = random.NextScalar() }, null);
        }
    }

    private static void ExpectOfAll(SignedHash question, bool expected)
    {
        foreach (var verifier in Verifiers.Available)
            Expect(verifier, question, expected);
    }

    private static void Expect(ISignatureVerifier verifier, SignedHash question, bool? expected) =>
        Assert.True(
            Ask(verifier, question) == (expected ?? Ask(Verifiers.Managed, question)),
            $"{verifier.Name} differs from {expected?.ToString() ?? "managed"}: {question}");

    private static bool Ask(ISignatureVerifier verifier, SignedHash question) =>
        verifier.Verify(question.Key, question.Hash, question.Der);

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static BigInteger FlipOne(BigInteger number, SeededBytes random) =>
        number ^ (BigInteger.One << random.Below(256));
}
