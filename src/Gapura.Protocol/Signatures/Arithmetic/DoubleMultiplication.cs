namespace Gapura.Protocol.Signatures.Arithmetic;

/// <summary>a · G + b · Q in one pass over the bits (Strauss and Shamir), with both scalars split in half by the endomorphism.</summary>
internal static class DoubleMultiplication
{
    /// <summary>Digits of Q are odd and below 2⁴ in size: a table of 8 multiples, made for each call.</summary>
    private const int Width = 5;
    private const int Multiples = 1 << (Width - 2);

    public static JacobianPoint Compute(in Scalar a, in Scalar b, in AffinePoint q)
    {
        Span<short> digits = stackalloc short[4 * SignedDigits.Length];
        var ofG = digits[..SignedDigits.Length];
        var ofLambdaG = digits.Slice(SignedDigits.Length, SignedDigits.Length);
        var ofQ = digits.Slice(2 * SignedDigits.Length, SignedDigits.Length);
        var ofLambdaQ = digits.Slice(3 * SignedDigits.Length, SignedDigits.Length);
        var (a1, a2) = ScalarSplit.Of(a);
        var (b1, b2) = ScalarSplit.Of(b);
        SignedDigits.Write(a1, GeneratorTable.Width, ofG);
        SignedDigits.Write(a2, GeneratorTable.Width, ofLambdaG);
        SignedDigits.Write(b1, Width, ofQ);
        SignedDigits.Write(b2, Width, ofLambdaQ);

        var generator = GeneratorTable.Instance;
        Span<JacobianPoint> multiples = stackalloc JacobianPoint[Multiples];
        Span<JacobianPoint> lambdaMultiples = stackalloc JacobianPoint[Multiples];
        FillTables(q, multiples, lambdaMultiples);

        var sum = JacobianPoint.Infinity;
        for (var i = SignedDigits.Length - 1; i >= 0; i--)
        {
            sum = JacobianPoint.Double(sum);
            if (ofG[i] != 0)
                sum += generator.Multiple(ofG[i]);
            if (ofLambdaG[i] != 0)
                sum += generator.LambdaMultiple(ofLambdaG[i]);
            if (ofQ[i] != 0)
                sum += Pick(multiples, ofQ[i]);
            if (ofLambdaQ[i] != 0)
                sum += Pick(lambdaMultiples, ofLambdaQ[i]);
        }

        return sum;
    }

    private static void FillTables(
        in AffinePoint q, Span<JacobianPoint> multiples, Span<JacobianPoint> lambdaMultiples)
    {
        multiples[0] = JacobianPoint.From(q);
        var twice = JacobianPoint.Double(multiples[0]);
        for (var i = 1; i < multiples.Length; i++)
            multiples[i] = twice + multiples[i - 1];
        FieldElement.TryCreate(ScalarSplit.Beta, out var beta);
        for (var i = 0; i < multiples.Length; i++)
            lambdaMultiples[i] = multiples[i] with { X = multiples[i].X * beta };
    }

    private static JacobianPoint Pick(ReadOnlySpan<JacobianPoint> multiples, int digit) =>
        digit > 0 ? multiples[digit >> 1] : -multiples[-digit >> 1];
}
