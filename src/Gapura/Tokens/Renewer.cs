using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>Who brings a refresh token, and what they show beside it.</summary>
/// <param name="ClientId">Null when the caller did not say: then the token alone speaks.</param>
/// <param name="Sender">The key the caller proved to hold; null for none.</param>
/// <param name="IsKnown">It authenticated, or it is a client that cannot.</param>
internal sealed record Renewer(string? ClientId, SenderKey? Sender = null, bool IsKnown = true)
{
    /// <summary>A grant bound to a key is renewed by that key alone; one of the code flow by its own backend. At a door the page itself holds the token.</summary>
    public bool Fits(Grant grant) =>
        (ClientId is null || ClientId == grant.ClientId) && (grant.Sender is null || grant.Sender == Sender) && (IsKnown || grant.Door != Door.OpenId);
}
