using Gapura.Browser.Tests.World;
using Microsoft.Playwright;

namespace Gapura.Browser.Tests.Screens;

/// <summary>Something a person can have before them.</summary>
/// <param name="Name">Names its pictures, too.</param>
/// <param name="Reach">Brings a fresh visitor there.</param>
public sealed record Screen(string Name, Func<Visitor, Task<IPage>> Reach)
{
    /// <summary>Made for the 445×650 window that partners open; else for a desktop. Both also for a phone.</summary>
    public bool IsPopup => Name.StartsWith("popup-", StringComparison.Ordinal);

    /// <summary>It has one button that most people press next.</summary>
    public bool HasButton { get; init; }

    public bool Script { get; init; } = true;

    /// <summary>What the console says about an answer that refuses.</summary>
    public string? Expected { get; init; }

    /// <summary>The languages it is pictured in: the others differ in nothing but words. Empty: a page that says one sentence more than another.</summary>
    public string Pictured { get; init; } = "id";

    /// <summary>The part that is pictured; null: all of it.</summary>
    public string? Part { get; init; }
}
