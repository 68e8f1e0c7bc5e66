using System.Runtime.InteropServices;

namespace Gapura.Protocol.Signatures.Arithmetic;

/// <summary>A point (x, y) of y² = x³ + 7. It has no form for infinity; only <see cref="IsOnCurve"/> vouches for the equation.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AffinePoint(FieldElement X, FieldElement Y)
{
    /// <summary>G, the generator of the group. SEC 2 v2, section 2.4.1.</summary>
    public static AffinePoint Generator { get; } = Create(
        new(0x59F2_815B_16F8_1798, 0x029B_FCDB_2DCE_28D9, 0x55A0_6295_CE87_0B07, 0x79BE_667E_F9DC_BBAC),
        new(0x9C47_D08F_FB10_D4B8, 0xFD17_B448_A685_5419, 0x5DA4_FBFC_0E11_08A8, 0x483A_DA77_26A3_C465));

    /// <summary>Every point of the curve but infinity is in the group: its cofactor is 1.</summary>
    public bool IsOnCurve => FieldElement.Square(Y) == FieldElement.Square(X) * X + FieldElement.FromSmall(7);

    public static AffinePoint operator -(in AffinePoint point) => point with { Y = -point.Y };

    private static AffinePoint Create(in UInt256 x, in UInt256 y)
    {
        FieldElement.TryCreate(x, out var fieldX);
        FieldElement.TryCreate(y, out var fieldY);
        return new AffinePoint(fieldX, fieldY);
    }
}
