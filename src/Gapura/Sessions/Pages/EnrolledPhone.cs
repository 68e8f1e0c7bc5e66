namespace Gapura.Sessions.Pages;

/// <summary>A line in the list of phones on the account page.</summary>
/// <param name="Id">What the form sends as <c>device</c> to revoke it.</param>
/// <param name="Name">What the person called it.</param>
/// <param name="EnrolledAt">When its key was enrolled.</param>
/// <param name="LastUsedAt">When it last approved a sign-in; null: never.</param>
public sealed record EnrolledPhone(string Id, string Name, DateTimeOffset EnrolledAt, DateTimeOffset? LastUsedAt);
