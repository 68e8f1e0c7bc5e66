using System.Runtime.CompilerServices;

namespace Gapura.Protocol.Signatures.Arithmetic;

/// <summary>64-bit steps of long addition, subtraction and multiplication. Carries and borrows of the first two are 0 or 1.</summary>
internal static class Limb
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong a, ulong b, ref ulong carry)
    {
        var partial = a + b;
        var sum = partial + carry;
        carry = (partial < a ? 1UL : 0) + (sum < partial ? 1UL : 0);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Subtract(ulong a, ulong b, ref ulong borrow)
    {
        var partial = a - b;
        var difference = partial - borrow;
        borrow = (a < b ? 1UL : 0) + (partial < borrow ? 1UL : 0);
        return difference;
    }

    /// <summary>The low limb of a · b + c + carry; the high limb goes to <paramref name="carry"/>. It cannot overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong a, ulong b, ulong c, ref ulong carry)
    {
        var high = Math.BigMul(a, b, out var low);
        low += c;
        high += low < c ? 1UL : 0;
        low += carry;
        high += low < carry ? 1UL : 0;
        carry = high;
        return low;
    }
}
