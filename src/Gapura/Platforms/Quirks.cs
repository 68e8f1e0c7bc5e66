namespace Gapura.Platforms;

/// <summary>The old ways a platform can be let in by (<see cref="ClientSettings.Quirks"/>). None is on by itself.</summary>
internal static class Quirks
{
    /// <summary>A code is exchanged without <c>grant_type</c>.</summary>
    public const string NoGrantType = "no-grant-type";

    /// <summary>What belongs in the body comes in the address, the secret too.</summary>
    public const string QueryParameters = "query-parameters";

    /// <summary>A key pair is made here, and its private key shown once.</summary>
    public const string ServerMadeKeys = "server-made-keys";

    public static IReadOnlyList<string> All { get; } = [NoGrantType, QueryParameters, ServerMadeKeys];
}
