using Gapura.Accounts;

namespace Gapura.Sessions;

/// <summary>This browser is signed in here, as somebody, since some time.</summary>
/// <param name="DeviceId">The phone that opened it, and whose revocation ends it; null when a password did.</param>
internal sealed record BrowserSession(Account Account, DateTimeOffset SignedInAt, string? DeviceId);
