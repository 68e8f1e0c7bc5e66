using System.Data.Common;

namespace Gapura.Storage;

/// <summary>What the doctor asks of a database. Nothing here changes it.</summary>
internal sealed class Inspection(Database database)
{
    public async Task<string> Version(CancellationToken ct) => await database.Read(sql => sql.Value<string>(database.VersionQuery), ct) ?? "";

    /// <summary>Whether a transaction can be begun and committed: the disk is not read-only and nobody keeps the lock.</summary>
    public Task TryWrite(CancellationToken ct) => database.Write(sql => sql.Execute("UPDATE revisions SET revision = revision WHERE topic = @topic", new { topic = "" }), ct);

    /// <summary>What SQLite finds wrong with its own file, in its words; null when it is whole, and for a database that looks after itself.</summary>
    public async Task<string?> Damage(CancellationToken ct)
    {
        if (database is not SqliteDatabase) return null;
        var found = await database.Read(sql => sql.Rows<string>("PRAGMA quick_check(3)"), ct);
        return found is ["ok"] ? null : string.Join("; ", found.Select(f => f.ReplaceLineEndings(" ")));
    }

    /// <summary>Number of the newest migration in the database; null when it holds none of our tables.</summary>
    public async Task<int?> NewestMigration(CancellationToken ct)
    {
        try
        {
            return (int)await database.Read(sql => sql.Value<long>("SELECT COALESCE(MAX(number), 0) FROM migrations"), ct);
        }
        catch (DbException e) when (e.Message.Contains("migrations", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>The latest instant anything was written down at: a clock that shows less has gone back.</summary>
    public async Task<DateTimeOffset> NewestInstant(CancellationToken ct) => DateTimeOffset.FromUnixTimeMilliseconds(await database.Read(sql => sql.Value<long>("""
        SELECT COALESCE(MAX(at), 0) FROM (
            SELECT MAX(applied_at) AS at FROM migrations
            UNION ALL SELECT MAX(created_at) FROM sealed_keys
            UNION ALL SELECT MAX(created_at) FROM platforms
            UNION ALL SELECT MAX(issued_at) FROM api_keys
            UNION ALL SELECT MAX(created_at) FROM accounts
            UNION ALL SELECT MAX(enrolled_at) FROM devices
            UNION ALL SELECT MAX(granted_at) FROM grants
            UNION ALL SELECT MAX(at) FROM audit) newest
        """), ct));
}
