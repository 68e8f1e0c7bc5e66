using Gapura.Audit;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Sessions;

/// <summary>A person signs this browser out: the session, what was given in it and the telling of platforms stand in one transaction, and it is written down.</summary>
internal sealed class SignOut(Database database, BrowserSessions sessions, BrowserCookies cookies, AuditLog audit, Visitors visitors, TimeProvider time)
{
    /// <param name="askedBy">The platform that sent the person, or our own; client id.</param>
    /// <returns>Null when nobody was signed in here any more.</returns>
    public async Task<EndedSession?> Of(HttpContext context, string askedBy, CancellationToken ct)
    {
        if (cookies.Session(context) is not { } secret) return null;
        var ended = await database.Write(async sql =>
        {
            var over = await sessions.End(sql, secret);
            if (over is not null) await audit.Note(sql, Entry(over, askedBy, visitors.Of(context)));
            return over;
        }, ct);
        cookies.ForgetSession(context);
        return ended;
    }

    private AuditEntry Entry(EndedSession over, string askedBy, Visitor from) => new()
    {
        Id = PublicId.New(time), At = time.GetUtcNow(), Action = AuditAction.SignedOut, Actor = "account", AccountId = over.AccountId, ClientId = askedBy,
        Browser = from.Browser, System = from.System, Network = from.Network, Country = from.Country, Details = over.Platforms.Count > 0 ? string.Join(' ', over.Platforms) : null,
    };
}
