using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Exchange;

/// <summary>A request at the token endpoint, past the question of who asks.</summary>
/// <param name="Sender">The key the tokens are to be bound to; null for bearers.</param>
internal sealed record TokenRequest(HttpContext Context, RequestFields Fields, CallingClient Client, SenderKey? Sender)
{
    public Platform Platform => Client.Platform;

    public string ClientId => Client.Platform.ClientId;
}
