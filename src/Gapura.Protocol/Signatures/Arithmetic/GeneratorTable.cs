namespace Gapura.Protocol.Signatures.Arithmetic;

/// <summary>Odd multiples of G and of λ · G, made once, when the first signature is verified (about a millisecond, 32 KiB).</summary>
internal sealed class GeneratorTable
{
    /// <summary>Digits of this width are odd and below 2⁹ in size, so there are 256 multiples.</summary>
    public const int Width = 10;

    private readonly AffinePoint[] _multiples;
    private readonly AffinePoint[] _lambdaMultiples;

    private GeneratorTable()
    {
        _multiples = OddMultiples(1 << (Width - 2));
        FieldElement.TryCreate(ScalarSplit.Beta, out var beta);
        _lambdaMultiples = Array.ConvertAll(_multiples, point => point with { X = point.X * beta });
    }

    public static GeneratorTable Instance { get; } = new();

    /// <summary>digit · G, for an odd digit.</summary>
    public AffinePoint Multiple(int digit) => Pick(_multiples, digit);

    /// <summary>digit · λ · G, for an odd digit.</summary>
    public AffinePoint LambdaMultiple(int digit) => Pick(_lambdaMultiples, digit);

    private static AffinePoint Pick(AffinePoint[] multiples, int digit) =>
        digit > 0 ? multiples[digit >> 1] : -multiples[-digit >> 1];

    private static AffinePoint[] OddMultiples(int count)
    {
        var points = new JacobianPoint[count];
        points[0] = JacobianPoint.From(AffinePoint.Generator);
        var twice = JacobianPoint.Double(points[0]);
        for (var i = 1; i < count; i++)
            points[i] = points[i - 1] + twice;
        return Array.ConvertAll(points, ToAffine);
    }

    private static AffinePoint ToAffine(JacobianPoint point)
    {
        var inverse = FieldElement.Invert(point.Z);
        var square = FieldElement.Square(inverse);
        return new AffinePoint(point.X * square, point.Y * (square * inverse));
    }
}
