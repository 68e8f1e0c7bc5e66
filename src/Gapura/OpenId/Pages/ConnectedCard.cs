namespace Gapura.OpenId.Pages;

/// <summary>A platform in the list of those that know a person.</summary>
/// <param name="ClientId">What the form sends as <c>platform</c> to take everything back.</param>
/// <param name="LastSignIn">Null where none is remembered.</param>
/// <param name="MayKnow">Words that <c>HallTexts.Of</c> says in the person's language.</param>
public sealed record ConnectedCard(
    string ClientId, AskingPlatform Platform, DateTimeOffset Since, DateTimeOffset? LastSignIn, IReadOnlyList<string> MayKnow, bool StaysConnected, IReadOnlyList<PlatformLink> Links);

/// <summary>A platform that was told the person's tax number, and in which ways.</summary>
public sealed record NpwpReader(AskingPlatform Platform, IReadOnlyList<NpwpTold> Ways);

/// <param name="How">A sentence, in the person's language.</param>
/// <param name="Last">The last day; the same day as <paramref name="First"/> when there was no other.</param>
public sealed record NpwpTold(string How, DateTimeOffset First, DateTimeOffset Last);
