namespace Gapura.SeamlessLogin;

/// <summary>How the popup door is set up here.</summary>
internal sealed record SeamlessLoginOptions
{
    /// <summary>Long: documented pages print the ticket into their HTML, and somebody may look at that page for a while before clicking.</summary>
    public TimeSpan TicketLifetime { get; init; } = TimeSpan.FromMinutes(30);
}
