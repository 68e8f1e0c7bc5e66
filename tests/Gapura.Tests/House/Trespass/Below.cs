using System.ComponentModel;
using Gapura.Tests.House.Trespass.Above;

#pragma warning disable CA1822, CA1823, CA1852, IDE0051, IDE0052, CA1812, CS0169, CS0649, CA1805, CA1508, MA0182, CA1065

namespace Gapura.Tests.House.Trespass.Below;

// One way of naming each.
internal sealed class ByBase : Thing;

internal sealed class ByInterface : IThing;

internal sealed class ByField
{
    private readonly Thing? _thing;
}

internal sealed class ByNestedTypesField
{
    private readonly Thing.Nested? _thing;
}

internal sealed class ByProperty
{
    public List<Thing[]>? Things { get; }
}

internal sealed class ByParameter
{
    public void Do(in Thing? thing) => _ = 1;
}

internal sealed class ByResult
{
    public (int, Thing?) Do() => default;
}

internal sealed class ByConstraint<T> where T : Thing;

internal sealed class ByMethodsConstraint
{
    public void Do<T>() where T : Thing => _ = 1;
}

[Thing]
internal sealed class ByAttribute;

[TypeConverter(typeof(Thing))]
internal sealed class ByAttributesArgument;

internal sealed class ByAttributeOfParameter
{
    public void Do([Thing] int x) => _ = x;
}

internal sealed class ByCall
{
    public void Do() => Thing.Happen();
}

internal sealed class ByStaticField
{
    public int Do() => Thing.Number;
}

internal sealed class ByEvent
{
    public void Do() => Thing.Happened += (_, _) => { };
}

internal sealed class ByTypeof
{
    public object Do() => typeof(Thing);
}

internal sealed class ByCast
{
    public bool Do(object x) => x is Thing;
}

internal sealed class ByGenericArgumentOfCall
{
    public object Do() => Array.Empty<Thing>();
}

internal sealed class ByCatch
{
    public int Do()
    {
        try
        {
            return int.Parse("1");
        }
        catch (ThingException)
        {
            return 0;
        }
    }
}

internal sealed class ByLambda
{
    public Func<int> Do(int x) => () => x + Thing.Number;
}

internal sealed class ByAsync
{
    public async Task<int> Do()
    {
        await Task.Yield();
        return Thing.Number;
    }
}

internal sealed class ByIterator
{
    public IEnumerable<int> Do()
    {
        yield return 1;
        yield return Thing.Number;
    }
}

internal sealed class ByLocalFunction
{
    public int Do()
    {
        return Inner();

        static int Inner() => Thing.Number;
    }
}

internal sealed class ByInnerType
{
    private sealed class Inner
    {
        public Thing? Thing { get; }
    }
}

internal sealed class WithoutNaming
{
    private readonly ByField _neighbour = new();

    public async Task<string> Do(string x)
    {
        await Task.Yield();
        return x switch { "a" => nameof(Thing), "b" => "c", "d" => "e", "f" => "g", "h" => "i", "j" => "k", "l" => "m", "n" => $"{_neighbour.GetHashCode()}", _ => "o" };
    }
}
