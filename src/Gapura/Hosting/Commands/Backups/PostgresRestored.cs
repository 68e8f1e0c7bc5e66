using Gapura.Audit;
using Gapura.Kernel;
using Gapura.Sessions;
using Gapura.Storage;
using Gapura.Storage.Carrying;
using Gapura.Tokens;

namespace Gapura.Hosting.Commands.Backups;

/// <summary>A PostgreSQL database that its own tools put back: what an older moment does not know is made void, as for SQLite.</summary>
internal sealed class PostgresRestored(Settings settings, TimeProvider time)
{
    /// <exception cref="RefusedException">It holds no installation, or a node is running on it.</exception>
    /// <exception cref="DatabaseUnavailableException">It cannot be opened, or the master key is not its own.</exception>
    public async Task<Ended> SignOut(CancellationToken ct)
    {
        await using (var there = Database.At(settings.Database))
        {
            if (!(await DatabaseState.Of(there, ct)).HasMigrations) throw new RefusedException($"There is no installation at {there.Place}: put its dump back first.");
            if (await Carriage.OthersOn(there, ct)) throw new RefusedException($"A server is running on {there.Place}: stop every node first.");
        }

        var (database, master) = await Installation.Open(settings, time, ct);
        await using var _ = database;
        await SealCheck.Run(database, master, ct);
        using var notices = new LogoutNotices(database, time);
        return await database.Write(async sql =>
        {
            var ended = await EndOfSignIns.Run(sql, new Grants(database, time), notices, time);
            await new AuditLog(database).Note(sql, new AuditEntry
            {
                Id = PublicId.New(time), At = time.GetUtcNow(), Action = AuditAction.InstallationRestored, Actor = Hand.Operator.Actor, Details = "by the tools of PostgreSQL",
            });
            return ended;
        }, ct);
    }
}
