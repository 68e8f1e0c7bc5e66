namespace Gapura.SeamlessLogin;

/// <summary>How the popup door is set up here.</summary>
internal sealed record SeamlessLoginOptions
{
    /// <summary>Header names an API key is taken from; the first one present counts.</summary>
    public IReadOnlyList<string> ApiKeyHeaders { get; init; } = ["beacukai-api-key", "nle-api-key", "x-api-key"];

    /// <summary>Long: documented pages print the ticket into their HTML, and somebody may look at that page for a while before clicking.</summary>
    public TimeSpan TicketLifetime { get; init; } = TimeSpan.FromMinutes(30);
}
