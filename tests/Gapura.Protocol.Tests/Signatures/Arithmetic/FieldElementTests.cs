using System.Numerics;
using Gapura.Protocol.Signatures.Arithmetic;
using Xunit;
using static Gapura.Protocol.Tests.Signatures.ReferenceCurve;

namespace Gapura.Protocol.Tests.Signatures.Arithmetic;

public sealed class FieldElementTests
{
    private static readonly BigInteger[] Numbers = [.. EdgesOf(P), .. Random(60)];

    [Fact]
    public void Sums_differences_and_products_are_those_of_big_integers()
    {
        foreach (var a in Numbers)
        {
            foreach (var b in Numbers)
            {
                Equal((a + b) % P, Field(a) + Field(b));
                Equal(Mod(a - b, P), Field(a) - Field(b));
                Equal(a * b % P, Field(a) * Field(b));
                Assert.Equal(a == b, Field(a) == Field(b));
                Assert.Equal(a != b, Field(a) != Field(b));
            }
        }
    }

    [Fact]
    public void Squares_halves_opposites_and_inverses_are_those_of_big_integers()
    {
        foreach (var a in Numbers.Concat(Random(3000)))
        {
            Equal(a * a % P, FieldElement.Square(Field(a)));
            Equal(a * Invert(2, P) % P, FieldElement.Half(Field(a)));
            Equal(Mod(-a, P), -Field(a));
            Equal(Invert(a, P), FieldElement.Invert(Field(a)));
            Assert.Equal(a.IsZero, Field(a).IsZero);
        }
    }

    /// <summary>
    /// A random product almost never overflows at the last fold, but one with a small remainder always does: what is
    /// left above 2²⁵⁶ is worth more than the remainder, so the rest must lie just below 2²⁵⁶.
    /// </summary>
    [Fact]
    public void Products_with_small_remainders_are_those_of_big_integers()
    {
        foreach (var a in Random(100))
        {
            foreach (var bits in new[] { 0, 31, 32, 33, 34, 40, 50, 60, 64, 66 })
            {
                for (var offset = -1; offset <= 1; offset++)
                {
                    var remainder = BigInteger.Pow(2, bits) + 977 * (a & 1) + offset;
                    Equal(remainder, Field(a) * Field(remainder * Invert(a, P) % P));
                    var root = BigInteger.ModPow(remainder, (P + 1) / 4, P);
                    Equal(root * root % P, FieldElement.Square(Field(root)));
                }
            }
        }
    }

    [Fact]
    public void Numbers_of_p_and_above_are_refused()
    {
        for (var offset = 0; offset < 5; offset++)
            Assert.False(FieldElement.TryCreate(Limbs(P + offset), out _));
        Assert.False(FieldElement.TryCreate(Limbs(BigInteger.Pow(2, 256) - 1), out _));
    }

    [Fact]
    public void The_prime_and_beta_are_those_of_the_standard()
    {
        Assert.Equal(P, Big(FieldElement.Prime));
        Assert.Equal(1, BigInteger.ModPow(Big(ScalarSplit.Beta), 3, P));
    }

    private static void Equal(BigInteger expected, FieldElement actual) => Assert.Equal(expected, Big(actual.Value));

    private static FieldElement Field(BigInteger value)
    {
        Assert.True(FieldElement.TryCreate(Limbs(value), out var element));
        return element;
    }

    private static IEnumerable<BigInteger> Random(int count)
    {
        var random = new SeededBytes($"field {count}");
        for (var i = 0; i < count; i++)
            yield return new BigInteger(random.Next32(), isUnsigned: true, isBigEndian: true) % P;
    }
}
