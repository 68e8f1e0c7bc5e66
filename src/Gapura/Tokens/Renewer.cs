using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>Who brings a refresh token, and what they show beside it.</summary>
/// <param name="ClientId">Null when the caller did not say: then the token alone speaks.</param>
/// <param name="Sender">The key the caller proved to hold; null for none.</param>
/// <param name="IsKnown">It authenticated, or it is a client that cannot.</param>
/// <param name="KeepsToken">It is to keep the token it has: who proves a key at every renewal needs no other (FAPI 2.0 Security Profile section 5.3.2.1).</param>
/// <param name="MayChangeKey">It authenticated: then that is what binds the token to it, and it may come with a new key (RFC 9449 section 5) or a new certificate (RFC 8705 section 4).</param>
/// <param name="IsBound">It registered bound tokens: what was given before that is bound when it is renewed.</param>
internal sealed record Renewer(string? ClientId, SenderKey? Sender = null, bool IsKnown = true, bool KeepsToken = false, bool MayChangeKey = false, bool IsBound = false)
{
    /// <summary>A grant bound to a key is renewed by that key alone; one of the code flow by its own backend. At a door the page itself holds the token.</summary>
    public bool Fits(Grant grant) =>
        (ClientId is null || ClientId == grant.ClientId) && (grant.Sender is null || grant.Sender == Sender || IsNewKey(grant)) && (IsKnown || grant.Door != Door.OpenId);

    /// <summary>Whether the grant is bound to another key from now on.</summary>
    public bool IsNewKey(Grant grant) => Sender is not null && (grant.Sender is null ? IsBound : MayChangeKey && Sender.Method == grant.Sender.Method && grant.Sender != Sender);
}
