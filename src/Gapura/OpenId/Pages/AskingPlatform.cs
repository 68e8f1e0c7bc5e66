namespace Gapura.OpenId.Pages;

/// <summary>The platform that asks, as far as a page shows it.</summary>
/// <param name="Name">May be anything a platform calls itself.</param>
/// <param name="Company">Whose it is; may be empty.</param>
/// <param name="Host">The host of its registered origin: the one thing here that cannot be made up.</param>
public sealed record AskingPlatform(string Name, string Company, string Host);
