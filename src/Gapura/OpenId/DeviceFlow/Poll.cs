using Gapura.Kernel;
using Gapura.OpenId.Exchange;
using Gapura.Tokens;

namespace Gapura.OpenId.DeviceFlow;

/// <summary>What asking "is it decided?" came to (RFC 8628 section 3.5; CIBA Core 1.0 section 11).</summary>
internal abstract record Poll
{
    /// <summary>No such thing, another client's, or its tokens were delivered before.</summary>
    internal sealed record Unknown : Poll;

    /// <summary>Sooner than the interval allows, which is five seconds longer from now on.</summary>
    internal sealed record Hasty : Poll;

    internal sealed record Pending : Poll;

    internal sealed record Denied : Poll;

    internal sealed record Expired : Poll;

    /// <summary>Delivered: nobody gets it again.</summary>
    internal sealed record Given(Grant Grant, SignInProof Proof, Secret? RefreshToken) : Poll;

    /// <returns>The refusal in the words of the token endpoint; null for what was given.</returns>
    public Refusal? Refusal => this switch
    {
        Hasty => Refusals.SlowDown,
        Pending => Refusals.AuthorizationPending,
        Expired => Refusals.ExpiredToken,

        // Every no of the token endpoint but the client's is a 400 (RFC 6749 section 5.2).
        Denied => Refusals.AccessDenied with { Status = StatusCodes.Status400BadRequest },
        Given => null,
        _ => Refusals.InvalidGrant.Because("It is not known, was delivered before, or belongs to another client."),
    };
}
