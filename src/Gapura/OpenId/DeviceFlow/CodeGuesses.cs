using System.Net;
using Gapura.Accounts;
using Gapura.Sessions;
using Gapura.Storage;

namespace Gapura.OpenId.DeviceFlow;

/// <summary>Why a code leads nowhere.</summary>
internal enum CodeProblem
{
    /// <summary>Not eight letters of the right kind: no guess, and not counted.</summary>
    Malformed,

    /// <summary>Nobody waits with it: unknown, decided and expired look alike.</summary>
    Unknown,

    /// <summary>Too many guesses.</summary>
    Throttled,
}

/// <summary>Looks for a code that somebody typed, counted before the look, by account and by network (RFC 8628 section 5.1).</summary>
internal sealed class CodeGuesses(DeviceCodes codes, Failures failures, Database database)
{
    public async Task<(DeviceCode? Waiting, CodeProblem? No)> Try(BrowserSession session, UserCode code, IPAddress network, CancellationToken ct)
    {
        var throttles = Throttles.ForDeviceCode(session.Account.Id, network);
        if (await failures.Count(throttles, ct) is not null) return (null, CodeProblem.Throttled);
        if (await codes.Waiting(code, ct) is not { } waiting) return (null, CodeProblem.Unknown);
        await database.Write(sql => failures.TakeBack(sql, throttles), ct);
        return (waiting, null);
    }
}
