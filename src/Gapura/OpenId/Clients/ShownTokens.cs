using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Clients;

/// <summary>
/// The access token a request shows to one of our own resources, and whether whoever shows it may: a bearer's by showing it
/// (RFC 6750), one bound to a key with a proof (RFC 9449 section 7), one bound to a certificate on its connection (RFC 8705
/// section 3). A bound token that is shown as a bearer's is refused: that is how a thief would show it.
/// </summary>
internal sealed class ShownTokens(Mint mint, DpopProofs proofs, PlatformRegister platforms, TokenOptions options)
{
    /// <returns>The token, or the 401 with its challenge. Whether its grant stands and its scope suffices is the caller's question.</returns>
    public (AccessToken? Token, IResult? Refusal) Read(HttpContext context)
    {
        // 1. read_header: an address is kept in logs, and a body is not a GET's (RFC 6750 section 2).
        var header = context.Request.Headers.Authorization.ToString();
        var isProven = header.StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase);
        if (!isProven && !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return (null, Ask(context));

        // 2. read_token: of our making, and for here
        var text = header[(header.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();
        if (mint.Read(text) is not { } token || token.Audience != options.Audience) return (null, Refuse(context, Refusals.InvalidToken, null, isProven));

        // 3. check_sender
        var refusal = token.Sender?.Method switch
        {
            null => isProven ? Refusals.InvalidToken.Because("This token is not bound to a key: show it as Bearer.") : null,
            SenderKey.Dpop => isProven ? Proven(context, new Secret(text), token) : Refusals.InvalidToken.Because("This token is bound to a key: show it as DPoP, with a proof."),
            _ => !isProven && ClientCertificates.KeyOf(context) == token.Sender ? null : Refusals.InvalidToken.Because("This token is bound to a certificate: connect with it."),
        };
        return refusal is null ? (token, null) : (null, Refuse(context, As401(refusal), null, isProven || token.Sender?.Method == SenderKey.Dpop));
    }

    /// <summary>A refusal under the scheme the token was shown in, with its own status; the sentence is in the header and in the body.</summary>
    /// <param name="scope">What the token would have to have been given for; null where that is not the reason.</param>
    public static IResult Refuse(HttpContext context, Refusal refusal, string? scope = null) =>
        Refuse(context, refusal, scope, context.Request.Headers.Authorization.ToString().StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase));

    private Refusal? Proven(HttpContext context, Secret text, AccessToken token)
    {
        var (sender, refusal) = proofs.Check(context, text, platforms.Active(token.ClientId)?.Client.FollowsFapi == true);
        return refusal ?? (sender == token.Sender ? null : Refusals.InvalidToken.Because("This token is bound to another key than the proof's."));
    }

    // No token, no error to tell (RFC 6750 section 3.1): only how one is shown.
    private static IResult Ask(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = new(["Bearer realm=\"Gapura\"", $"DPoP algs=\"{DpopProofs.Algorithms}\""]);
        return Refusals.InvalidToken.AsCode();
    }

    // A proof is refused with 400 where tokens are made, and with 401 where they are shown (RFC 9449 section 7.1).
    private static Refusal As401(Refusal refusal) => refusal with { Status = StatusCodes.Status401Unauthorized };

    private static IResult Refuse(HttpContext context, Refusal refusal, string? scope, bool isProven)
    {
        var error = $"error=\"{refusal.Code}\", error_description=\"{refusal.English.Replace('"', '\'').Replace('\\', '/')}\"{(scope is null ? "" : $", scope=\"{scope}\"")}";
        context.Response.Headers.WWWAuthenticate = isProven ? $"DPoP {error}, algs=\"{DpopProofs.Algorithms}\"" : $"Bearer realm=\"Gapura\", {error}";
        return refusal.AsCode();
    }
}
