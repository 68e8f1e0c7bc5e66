using Gapura.Sessions;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.Hosting.Commands.Backups;

/// <param name="SignIns">Grants, with every token of theirs.</param>
/// <param name="Sessions">Browsers that were signed in here.</param>
/// <param name="RegistrationTokens">Those that were not used up.</param>
internal sealed record Ended(int SignIns, int Sessions, int RegistrationTokens);

/// <summary>
/// What a restored installation must not go on with. It does not know what was spent, traded and revoked after the backup,
/// so that everything that could be spent, traded or shown once more is ended: people sign in again, partners ask again.
/// </summary>
internal static class EndOfSignIns
{
    public static async Task<Ended> Run(SqlSession sql, Grants grants, LogoutNotices notices, TimeProvider time)
    {
        await notices.AddOfAll(sql);
        var signIns = await grants.RevokeAll(sql);
        var sessions = await sql.Execute("DELETE FROM sessions");

        // Every handle that was given out (tickets, codes on screens, challenges) is refused once its key is gone.
        await sql.Execute("DELETE FROM sealed_keys WHERE purpose = @purpose", new { purpose = HandleKeys.Purpose });
        await Revisions.Raise(sql, Topic.Keys);
        foreach (var asked in (string[])["authorization_codes", "device_codes", "backchannel_requests"]) await sql.Execute($"DELETE FROM {asked}");

        // How often one was used since is not known.
        var tokens = await sql.Execute("UPDATE registration_tokens SET revoked_at = @now WHERE revoked_at IS NULL", new { now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        return new Ended(signIns, sessions, tokens);
    }
}
