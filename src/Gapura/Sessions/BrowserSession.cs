using Gapura.Accounts;

namespace Gapura.Sessions;

/// <summary>This browser is signed in here, as somebody, since some time.</summary>
/// <param name="DeviceId">The phone that opened it, and whose revocation ends it; null when a password did.</param>
/// <param name="Id">What grants given in it name, so that a sign-out ends them; no secret.</param>
/// <param name="Methods">How the person proved to be there, as <c>amr</c> (RFC 8176).</param>
internal sealed record BrowserSession(Account Account, DateTimeOffset SignedInAt, string? DeviceId, string? Id, IReadOnlyList<string> Methods);
