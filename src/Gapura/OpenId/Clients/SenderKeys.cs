using Gapura.Kernel;
using Gapura.Tokens;

namespace Gapura.OpenId.Clients;

/// <summary>
/// Which key of the caller's a request proves the possession of: the certificate of its connection, for a platform whose
/// tokens are bound to it, or else the key of its DPoP proof.
/// </summary>
internal sealed class SenderKeys(DpopProofs proofs)
{
    /// <remarks>Asked after <see cref="ClientAuthentication.Identify"/>, which leaves with the request who calls.</remarks>
    /// <returns>The key, or null for a caller that shows none; or why what it shows is no proof.</returns>
    public Task<(SenderKey? Sender, Refusal? Refusal)> Read(HttpContext context, CancellationToken ct)
    {
        var client = context.Features.Get<CallingClient>()?.Platform.Client;
        if (client?.CertificateBound == true) return Task.FromResult((ClientCertificates.KeyOf(context), (Refusal?)null));
        return Task.FromResult(DpopProofs.IsShown(context) ? proofs.Check(context, accessToken: null, client?.FollowsFapi == true) : (null, null));
    }
}
