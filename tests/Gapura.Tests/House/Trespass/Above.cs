namespace Gapura.Tests.House.Trespass.Above;

/// <summary>What the types of <c>Below</c> may not name in this small house made for the walker's own test.</summary>
internal interface IThing;

internal class Thing : IThing
{
    public static readonly int Number = new Dictionary<string, int>().Count;

    public static event EventHandler? Happened;

    public static void Happen() => Happened?.Invoke(null, EventArgs.Empty);

    internal sealed class Nested;
}

internal sealed class ThingException : Exception;

[AttributeUsage(AttributeTargets.All)]
internal sealed class ThingAttribute : Attribute;
