using Gapura.Accounts;

namespace Gapura.Sessions;

/// <summary>This browser is signed in here, as somebody, since some time.</summary>
internal sealed record BrowserSession(Account Account, DateTimeOffset SignedInAt);
