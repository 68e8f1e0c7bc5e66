namespace Gapura.OpenId.Exchange;

/// <summary>One way to tokens: what a client shows at the token endpoint, by <c>grant_type</c>.</summary>
internal interface IGrantType
{
    /// <summary>As <c>grant_type</c> names it.</summary>
    string Name { get; }

    /// <summary>Whether a platform must have registered it (<c>grant_types</c>).</summary>
    bool IsRegistered { get; }

    /// <summary>Whether a platform that could authenticate may leave it: the grant itself then asks.</summary>
    bool MayBeUnknown => false;

    Task<IResult> Answer(TokenRequest request, CancellationToken ct);
}
