using System.Runtime.InteropServices;

namespace Gapura.Protocol.Signatures.Arithmetic;

/// <summary>A point (X ÷ Z², Y ÷ Z³), which needs no division to add; Z = 0 is infinity. Every sum is right, also of equal and opposite points.</summary>
/// <remarks>Guide to Elliptic Curve Cryptography, section 3.2.2, with a = 0.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JacobianPoint(FieldElement X, FieldElement Y, FieldElement Z)
{
    public static JacobianPoint Infinity => default;

    public bool IsInfinity => Z.IsZero;

    public static JacobianPoint From(in AffinePoint point) => new(point.X, point.Y, FieldElement.One);

    /// <summary>2 · point. No point has y = 0, so only infinity doubles to infinity.</summary>
    public static JacobianPoint Double(in JacobianPoint point)
    {
        var squareY = FieldElement.Square(point.Y);
        var squareX = FieldElement.Square(point.X);
        var slope = FieldElement.Half(squareX + squareX + squareX);
        var product = point.X * squareY;
        var x = FieldElement.Square(slope) - (product + product);
        var y = slope * (product - x) - FieldElement.Square(squareY);
        return new JacobianPoint(x, y, point.Y * point.Z);
    }

    public static JacobianPoint operator -(in JacobianPoint point) => point with { Y = -point.Y };

    /// <summary>left + right, where right has Z = 1.</summary>
    public static JacobianPoint operator +(in JacobianPoint left, in AffinePoint right)
    {
        if (left.IsInfinity)
            return From(right);
        var squareZ = FieldElement.Square(left.Z);
        var x = right.X * squareZ;
        var y = right.Y * (squareZ * left.Z);
        return Chord(left, left.X, left.Y, x, y, left.Z);
    }

    /// <summary>left + right.</summary>
    public static JacobianPoint operator +(in JacobianPoint left, in JacobianPoint right)
    {
        if (left.IsInfinity)
            return right;
        if (right.IsInfinity)
            return left;
        var squareLeft = FieldElement.Square(left.Z);
        var squareRight = FieldElement.Square(right.Z);
        var leftX = left.X * squareRight;
        var leftY = left.Y * (squareRight * right.Z);
        var rightX = right.X * squareLeft;
        var rightY = right.Y * (squareLeft * left.Z);
        return Chord(left, leftX, leftY, rightX, rightY, left.Z * right.Z);
    }

    /// <summary>Whether the x of this point, which must not be infinity, is the given one; compares X with x · Z² instead of dividing.</summary>
    public bool HasX(in FieldElement x) => x * FieldElement.Square(Z) == X;

    /// <summary>The sum of two points brought to the common denominator z; <paramref name="left"/> is the first of them.</summary>
    private static JacobianPoint Chord(
        in JacobianPoint left,
        in FieldElement leftX,
        in FieldElement leftY,
        in FieldElement rightX,
        in FieldElement rightY,
        in FieldElement z)
    {
        var run = rightX - leftX;
        var rise = rightY - leftY;
        if (run.IsZero)
            return rise.IsZero ? Double(left) : Infinity;
        var squareRun = FieldElement.Square(run);
        var cubeRun = squareRun * run;
        var shared = leftX * squareRun;
        var x = FieldElement.Square(rise) - cubeRun - (shared + shared);
        var y = rise * (shared - x) - leftY * cubeRun;
        return new JacobianPoint(x, y, z * run);
    }
}
