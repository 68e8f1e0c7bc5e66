namespace Gapura.Demo;

/// <summary>
/// <c>seed.json</c>: what has been put into the database so far, with the secrets that are shown only once. It is
/// saved after every step, so a start that was interrupted goes on where it stopped.
/// </summary>
internal sealed class SeedFile
{
    public DemoAccount? Account { get; set; }

    public DemoDevice? Device { get; set; }

    /// <summary>One for every set of ports the demo was started on, and one for the customs API.</summary>
    public IList<SeededPlatform> Platforms { get; init; } = [];
}

/// <summary>A registered platform; the API key is null until it has been issued.</summary>
internal sealed record SeededPlatform(string ClientId, string Domain, string? ApiKey);
