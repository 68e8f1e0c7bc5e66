namespace Gapura.OpenId.Clients;

/// <summary>
/// When a proof is good. A clock that is wrong by a minute, either way, is good enough by itself; with a fresh nonce of ours
/// one that is wrong by up to five minutes; more is refused. Who follows FAPI 2.0 always shows a nonce, so that nobody who
/// held the key for a moment has made proofs for tomorrow (RFC 9449 section 11.2).
/// </summary>
internal static class DpopTimes
{
    public static readonly TimeSpan WithoutNonce = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan WithNonce = TimeSpan.FromMinutes(5);

    /// <param name="nonce">Whether the proof shows one of ours: null for none, false for one that is old or not ours.</param>
    /// <param name="mustShowNonce">Whether this caller is asked for one in any case.</param>
    public static DpopVerdict Judge(DateTimeOffset issuedAt, DateTimeOffset now, bool? nonce, bool mustShowNonce)
    {
        var difference = (now - issuedAt).Duration();
        return nonce switch
        {
            // FAPI 2.0 Security Profile section 5.3.2.1: nothing from more than a minute ahead.
            _ when mustShowNonce && issuedAt - now > WithoutNonce => DpopVerdict.WrongTime,
            false => DpopVerdict.AskForNonce,
            true => difference <= WithNonce ? DpopVerdict.Good : DpopVerdict.WrongTime,
            null when mustShowNonce => DpopVerdict.AskForNonce,
            null => difference <= WithoutNonce ? DpopVerdict.Good : difference <= WithNonce ? DpopVerdict.AskForNonce : DpopVerdict.WrongTime,
        };
    }
}

internal enum DpopVerdict
{
    Good,

    /// <summary><c>use_dpop_nonce</c> (RFC 9449 section 8).</summary>
    AskForNonce,

    WrongTime,
}
