using System.Numerics;
using Gapura.Protocol.Signatures.Arithmetic;
using Xunit;
using static Gapura.Protocol.Tests.Signatures.ReferenceCurve;

namespace Gapura.Protocol.Tests.Signatures.Arithmetic;

public sealed class JacobianPointTests
{
    [Fact]
    public void Sums_are_right_also_of_equal_and_opposite_points_and_infinity()
    {
        var lambda = Big(ScalarSplit.Lambda);
        BigInteger[] scalars = [0, 1, 2, 3, N - 1, N - 2, (N + 1) / 2, lambda, N - lambda, .. Random("sums", 6)];
        foreach (var a in scalars)
        {
            Equal(MultiplyG(2 * a), JacobianPoint.Double(Blinded(a, 7)));
            Equal(MultiplyG(N - a), -Blinded(a, 8));
            foreach (var b in scalars)
            {
                Equal(MultiplyG(a + b), Blinded(a, 5) + Blinded(b, 11));
                if (MultiplyG(b) is { } affine)
                    Equal(MultiplyG(a + b), Blinded(a, 13) + Affine(affine));
            }
        }
    }

    [Fact]
    public void The_table_holds_the_odd_multiples_and_their_images()
    {
        var lambda = Big(ScalarSplit.Lambda);
        for (var digit = 1; digit < 1 << (GeneratorTable.Width - 1); digit += 2)
        {
            Assert.Equal(Affine(MultiplyG(digit)!.Value), GeneratorTable.Instance.Multiple(digit));
            Assert.Equal(Affine(MultiplyG(N - digit)!.Value), GeneratorTable.Instance.Multiple(-digit));
            Assert.Equal(Affine(MultiplyG(digit * lambda)!.Value), GeneratorTable.Instance.LambdaMultiple(digit));
            Assert.Equal(Affine(MultiplyG(-digit * lambda)!.Value), GeneratorTable.Instance.LambdaMultiple(-digit));
        }
    }

    [Fact]
    public void Two_multiplications_at_once_are_right()
    {
        BigInteger[] factors = [.. EdgesOf(N).Take(16), .. Random("factors", 8)];
        BigInteger[] secrets = [N - 1, .. Random("secrets", 1)];
        foreach (var secret in secrets)
        {
            var q = Affine(MultiplyG(secret)!.Value);
            foreach (var a in factors)
            {
                foreach (var b in factors)
                {
                    Assert.True(Scalar.TryCreate(Limbs(a), out var u1));
                    Assert.True(Scalar.TryCreate(Limbs(b), out var u2));
                    Equal(MultiplyG(a + b * secret), DoubleMultiplication.Compute(u1, u2, q));
                }
            }
        }
    }

    [Fact]
    public void The_generator_is_on_the_curve_and_its_neighbour_is_not()
    {
        Assert.True(AffinePoint.Generator.IsOnCurve);
        Assert.Equal(Affine(G), AffinePoint.Generator);
        Assert.False((AffinePoint.Generator with { X = Field(G.X + 1) }).IsOnCurve);
    }

    /// <summary>scalar · G in a form whose Z is not 1.</summary>
    private static JacobianPoint Blinded(BigInteger scalar, BigInteger z) => MultiplyG(scalar) is { } point
        ? new JacobianPoint(Field(point.X * z * z % P), Field(point.Y * z * z * z % P), Field(z))
        : JacobianPoint.Infinity;

    private static void Equal((BigInteger X, BigInteger Y)? expected, JacobianPoint actual)
    {
        Assert.Equal(expected is null, actual.IsInfinity);
        if (expected is not { } point)
            return;
        var z = Big(actual.Z.Value);
        Assert.Equal(point.X * z * z % P, Big(actual.X.Value));
        Assert.Equal(point.Y * z * z * z % P, Big(actual.Y.Value));
        Assert.True(actual.HasX(Field(point.X)));
        Assert.False(actual.HasX(Field((point.X + 1) % P)));
    }

    private static AffinePoint Affine((BigInteger X, BigInteger Y) point) => new(Field(point.X), Field(point.Y));

    private static FieldElement Field(BigInteger value)
    {
        Assert.True(FieldElement.TryCreate(Limbs(value), out var element));
        return element;
    }

    private static IEnumerable<BigInteger> Random(string seed, int count)
    {
        var random = new SeededBytes(seed);
        for (var i = 0; i < count; i++)
            yield return random.NextScalar();
    }
}
