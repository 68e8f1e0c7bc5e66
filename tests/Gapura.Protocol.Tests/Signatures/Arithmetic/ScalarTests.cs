using System.Numerics;
using Gapura.Protocol.Signatures.Arithmetic;
using Xunit;
using static Gapura.Protocol.Tests.Signatures.ReferenceCurve;

namespace Gapura.Protocol.Tests.Signatures.Arithmetic;

public sealed class ScalarTests
{
    private static readonly BigInteger[] Numbers = [.. EdgesOf(N), .. Random(60)];

    [Fact]
    public void Differences_and_products_are_those_of_big_integers()
    {
        foreach (var a in Numbers)
        {
            foreach (var b in Numbers)
            {
                Equal(Mod(a - b, N), Of(a) - Of(b));
                Equal(a * b % N, Of(a) * Of(b));
                Assert.Equal(a == b, Of(a) == Of(b));
                Assert.Equal(a != b, Of(a) != Of(b));
            }
        }
    }

    [Fact]
    public void Opposites_and_inverses_are_those_of_big_integers()
    {
        foreach (var a in Numbers.Concat(Random(3000)))
        {
            Equal(Mod(-a, N), -Of(a));
            Equal(Invert(a, N), Scalar.Invert(Of(a)));
        }
    }

    [Fact]
    public void Any_256_bits_are_reduced()
    {
        foreach (var value in new[] { 0, 1, N - 1, N, N + 1, P, BigInteger.Pow(2, 256) - 1 })
            Equal(value % N, Scalar.Reduce(Limbs(value)));
    }

    [Fact]
    public void The_order_and_lambda_are_those_of_the_standard()
    {
        Assert.Equal(N, Big(Scalar.Order));
        Assert.Equal(1, BigInteger.ModPow(Big(ScalarSplit.Lambda), 3, N));
    }

    [Fact]
    public void The_halves_of_a_split_are_short_and_make_up_the_scalar()
    {
        var lambda = Big(ScalarSplit.Lambda);
        // Next to multiples of λ and of n ÷ λ the rounding is closest to going wrong.
        var near = Enumerable.Range(1, 50).SelectMany(i => new[] { lambda * i % N, (lambda * i + 1) % N, N / (i + 1) });
        foreach (var a in Numbers.Concat(Random(3000)).Concat(near))
        {
            var (first, second) = ScalarSplit.Of(Of(a));
            Assert.Equal(a, Mod(Signed(first) + Signed(second) * lambda, N));
            Assert.True(BigInteger.Abs(Signed(first)) < BigInteger.Pow(2, 128));
            Assert.True(BigInteger.Abs(Signed(second)) < BigInteger.Pow(2, 128));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public void Signed_digits_are_odd_and_sparse_and_add_up(int width)
    {
        var limit = BigInteger.Pow(2, 128);
        var digits = new short[SignedDigits.Length];
        foreach (var a in Numbers.Select(number => number % limit).Append(limit - 1))
        {
            foreach (var negative in new[] { false, true })
            {
                SignedDigits.Write(new SignedMagnitude(Limbs(a), negative), width, digits);
                var sum = BigInteger.Zero;
                var last = -width;
                for (var i = 0; i < digits.Length; i++)
                {
                    if (digits[i] == 0)
                        continue;
                    Assert.True(digits[i] % 2 != 0 && Math.Abs(digits[i]) < 1 << (width - 1) && i - last >= width);
                    last = i;
                    sum += digits[i] * BigInteger.Pow(2, i);
                }

                Assert.Equal(negative ? -a : a, sum);
            }
        }
    }

    private static BigInteger Signed(SignedMagnitude number) =>
        number.IsNegative ? -Big(number.Magnitude) : Big(number.Magnitude);

    private static void Equal(BigInteger expected, Scalar actual) => Assert.Equal(expected, Big(actual.Value));

    private static Scalar Of(BigInteger value)
    {
        Assert.True(Scalar.TryCreate(Limbs(value), out var scalar));
        return scalar;
    }

    private static IEnumerable<BigInteger> Random(int count)
    {
        var random = new SeededBytes($"scalar {count}");
        for (var i = 0; i < count; i++)
            yield return random.NextScalar();
    }
}
