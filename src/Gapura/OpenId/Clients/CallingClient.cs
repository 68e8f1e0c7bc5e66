using Gapura.Platforms;

namespace Gapura.OpenId.Clients;

/// <summary>The platform that calls, and how it showed who it is.</summary>
/// <param name="CouldProve">It has a secret or a key of its own to show.</param>
internal sealed record CallingClient(Platform Platform, ClientProof Proof, bool CouldProve)
{
    /// <summary>It proved who it is; otherwise it said its name, and nothing more.</summary>
    public bool IsAuthenticated => Proof != ClientProof.None;

    /// <summary>As well known as it can be: PKCE alone would let anybody's program speak for a backend (RFC 6749 section 3.2.1).</summary>
    public bool IsKnown => IsAuthenticated || !CouldProve;
}

internal enum ClientProof
{
    None,

    /// <summary>The API key: by Basic, in the body or in its header.</summary>
    Secret,

    /// <summary><c>private_key_jwt</c> (OpenID Connect Core 1.0 section 9, RFC 7523).</summary>
    Assertion,

    /// <summary>A certificate (RFC 8705 section 2).</summary>
    Certificate,
}
