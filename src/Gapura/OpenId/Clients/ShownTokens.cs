using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Clients;

/// <summary>
/// The access token a request shows to one of our own resources, and whether whoever shows it may: a bearer's by showing it
/// (RFC 6750), one bound to a key with a proof (RFC 9449 section 7), one bound to a certificate on its connection (RFC 8705
/// section 3). A bound token that is shown as a bearer's is refused: that is how a thief would show it.
/// </summary>
internal sealed class ShownTokens(Mint mint, DpopProofs proofs, PlatformRegister platforms)
{
    /// <returns>The token, or the 401 with its challenge. Whether its grant stands and its scope suffices is the caller's question.</returns>
    public (AccessToken? Token, IResult? Refusal) Read(HttpContext context)
    {
        // 1. read_header: an address is kept in logs, and a body is not a GET's (RFC 6750 section 2).
        var header = context.Request.Headers.Authorization.ToString();
        var isProven = header.StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase);
        if (!isProven && !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return (null, Ask(context));

        // 2. read_token
        var text = header[(header.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();
        if (mint.Read(text) is not { } token) return (null, Refuse(context, Refusals.InvalidToken, isProven));

        // 3. check_sender
        var refusal = token.Sender?.Method switch
        {
            null => isProven ? Refusals.InvalidToken.Because("This token is not bound to a key: show it as Bearer.") : null,
            SenderKey.Dpop => isProven ? Proven(context, new Secret(text), token) : Refusals.InvalidToken.Because("This token is bound to a key: show it as DPoP, with a proof."),
            _ => !isProven && ClientCertificates.KeyOf(context) == token.Sender ? null : Refusals.InvalidToken.Because("This token is bound to a certificate: connect with it."),
        };
        return refusal is null ? (token, null) : (null, Refuse(context, refusal, isProven || token.Sender?.Method == SenderKey.Dpop));
    }

    /// <summary>401 under the scheme the token was shown in; the sentence is in the header and in the body.</summary>
    public static IResult Refuse(HttpContext context, Refusal refusal) =>
        Refuse(context, refusal, context.Request.Headers.Authorization.ToString().StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase));

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

    private static IResult Refuse(HttpContext context, Refusal refusal, bool isProven)
    {
        var error = $"error=\"{refusal.Code}\", error_description=\"{refusal.English.Replace('"', '\'').Replace('\\', '/')}\"";
        context.Response.Headers.WWWAuthenticate = isProven ? $"DPoP {error}, algs=\"{DpopProofs.Algorithms}\"" : $"Bearer realm=\"Gapura\", {error}";
        return (refusal with { Status = StatusCodes.Status401Unauthorized }).AsCode();
    }
}
