using System.Diagnostics;
using Gapura.Cluster.Rig;
using Npgsql;

namespace Gapura.Cluster.Faults;

/// <summary>
/// The next version comes, one node after the other, while the others go on with this one. There is no next version here,
/// so it is imitated: its migration is done by psql's way, word for word as a program would that has it, under the same
/// lock, with its number in the table of migrations; the program is a copy of this one in a folder of its own.
/// </summary>
internal static class Rolling
{
    // Expand only: nullable columns, a table, an index. What this version writes must go on fitting.
    private const string NextMigration = """
        BEGIN;
        SET LOCAL lock_timeout = '2s';
        SELECT pg_advisory_xact_lock(113668196233825);
        ALTER TABLE grants ADD COLUMN IF NOT EXISTS next_version_note TEXT;
        ALTER TABLE ceremonies ADD COLUMN IF NOT EXISTS next_version_count BIGINT NOT NULL DEFAULT 0;
        CREATE TABLE IF NOT EXISTS next_version (id TEXT PRIMARY KEY, grant_id TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS next_version_grant ON next_version (grant_id);
        INSERT INTO migrations (number, name, hash, applied_at) VALUES (9999, '9999_next.sql', 'next', 0) ON CONFLICT DO NOTHING;
        COMMIT;
        """;

    public static async Task<Row> Restart(Site site, Pace pace)
    {
        var tries = 0;
        var row = await UnderLoad.Run(site, pace, "rolling update", May.BeUnseen, async () =>
        {
            tries = await Migrate(site);
            return await OneByOne(site);
        });
        return row with { Notes = [.. row.Notes, $"the next version's migration was done at try {tries}"] };
    }

    private static async Task<Cause> OneByOne(Site site)
    {
        var next = Path.Combine(site.Home, "next");
        if (!Directory.Exists(next)) await Shell.Run("cp", "-r", BuiltGapura.Folder, next);
        foreach (var node in site.Nodes)
        {
            await site.Balancer.Drain(node);
            await site.Balancer.Idle(node);
            node.Signal(Signals.Terminate);
            await node.WaitForExit(TimeSpan.FromSeconds(20));
            node.Program = next;
            node.Start();
            await node.WaitUntilReady(TimeSpan.FromSeconds(30));
            await site.Balancer.Fill(node);
            await site.Balancer.Up(node);
        }

        return new Cause(Stopwatch.GetTimestamp());
    }

    // It changes tables that everybody writes to: it may have to give way, and comes again.
    private static async Task<int> Migrate(Site site)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await site.Databases.Primary.Ask(NextMigration, Pair.Database);
                return tries;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable && tries < 10)
            {
                await Task.Delay(200);
            }
        }
    }
}
