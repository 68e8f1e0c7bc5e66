using Gapura.Kernel;
using Gapura.Tokens;

namespace Gapura.OpenId.Clients;

/// <summary>Checks the proof a request shows (RFC 9449 section 4.3), in the order of the specification, and hands out the next nonce.</summary>
internal sealed class DpopProofs(DpopNonces nonces, DpopReplays replays, TokenOptions options, TimeProvider time)
{
    /// <summary>For <c>WWW-Authenticate</c> and the metadata.</summary>
    public static string Algorithms { get; } = string.Join(' ', AcceptedAlgorithms.Strict);

    public static bool IsShown(HttpContext context) => context.Request.Headers[DpopProof.Header].Count > 0;

    /// <param name="accessToken">What is shown with it; null where none is.</param>
    /// <param name="mustShowNonce">Whether this caller is asked for a nonce in any case.</param>
    public (SenderKey? Sender, Refusal? Refusal) Check(HttpContext context, Secret? accessToken, bool mustShowNonce)
    {
        context.Response.Headers[DpopNonces.Header] = nonces.Current();

        // 1. check_single_header
        var shown = context.Request.Headers[DpopProof.Header];
        if (shown is not [{ } text]) return No(shown.Count == 0 ? "The DPoP header is missing." : "There must be one DPoP header.");

        // 2. read_proof, check_signature
        var (proof, problem) = DpopProof.Read(text);
        if (proof is null) return No(problem!);

        // 3. check_request: htm, htu, ath
        if (proof.Problem(context.Request.Method, Here(context), accessToken) is { } unfit) return No(unfit);

        // 4. check_nonce, check_time
        var now = time.GetUtcNow();
        if (proof.IsOver(now)) return No("exp or nbf says that it is not good now.");
        switch (DpopTimes.Judge(proof.IssuedAt!.Value, now, proof.Nonce is { } nonce ? nonces.IsFresh(nonce) : null, mustShowNonce))
        {
            case DpopVerdict.AskForNonce: return (null, Refusals.UseDpopNonce);
            case DpopVerdict.WrongTime: return No($"iat is more than {DpopTimes.WithNonce.TotalMinutes:0} minutes from our time.");
        }

        // 5. spend_proof
        return replays.TryAdd(proof.Thumbprint, proof.Id) ? (new SenderKey(SenderKey.Dpop, proof.Thumbprint), null) : No("It was used before: every request needs its own jti.");
    }

    // The address people and clients know, whatever a proxy made of it on the way.
    private Uri Here(HttpContext context) => new(options.Issuer.Text + context.Request.PathBase.Add(context.Request.Path).ToUriComponent());

    private static (SenderKey?, Refusal?) No(string because) => (null, Refusals.InvalidDpopProof.Because($"DPoP: {because}"));
}
