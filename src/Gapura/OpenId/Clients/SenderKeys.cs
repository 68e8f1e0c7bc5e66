using Gapura.Kernel;
using Gapura.Tokens;

namespace Gapura.OpenId.Clients;

/// <summary>Which key of the caller's a request proves the possession of.</summary>
internal sealed class SenderKeys
{
    /// <returns>The key, or null for a caller that shows none; or why what it shows is no proof.</returns>
    public Task<(SenderKey? Sender, Refusal? Refusal)> Read(HttpContext context, CancellationToken ct) => Task.FromResult(((SenderKey?)null, (Refusal?)null));
}
