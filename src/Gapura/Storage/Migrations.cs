using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Gapura.Storage.Carrying;

namespace Gapura.Storage;

/// <summary>
/// Numbered .sql files inside the program, applied in order under a lock. A released file is never edited: its hash is
/// kept beside its number. A database from a newer version is let be, so that two versions can run side by side.
/// </summary>
internal static class Migrations
{
    private const string Prefix = "Gapura.Storage.Migrations.";

    /// <summary>The highest number this program knows.</summary>
    public static int Newest => Embedded().Max(m => m.Number);

    public static async Task Apply(Database database, TimeProvider time, CancellationToken ct)
    {
        await database.Write(async sql =>
        {
            if (database.MigrationLock is { } takeLock) await sql.Execute(takeLock);
            await sql.Execute("CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at BIGINT NOT NULL)");
            var applied = (await sql.Rows<Applied>("SELECT number AS Number, hash AS Hash FROM migrations")).ToDictionary(a => a.Number, a => a.Hash);
            if (await Fence.Of(sql) is { } fence) throw new DatabaseUnavailableException(fence.Sentence);
            foreach (var migration in Embedded().OrderBy(m => m.Number))
            {
                if (applied.TryGetValue(migration.Number, out var hash))
                {
                    if (hash != migration.Hash) throw new DatabaseUnavailableException($"Migration {migration.Name} differs from the one this database was made with. Use the program version that made it, or a released one.");
                    continue;
                }

                foreach (var statement in migration.Statements) await sql.Execute(statement);
                await sql.Execute(
                    "INSERT INTO migrations (number, name, hash, applied_at) VALUES (@Number, @Name, @Hash, @Now)",
                    new { Number = (long)migration.Number, migration.Name, migration.Hash, Now = time.GetUtcNow().ToUnixTimeMilliseconds() });
            }
        }, ct);
    }

    private static IEnumerable<Migration> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            var name = resource[Prefix.Length..];
            yield return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }

    private sealed record Migration(int Number, string Name, string Text)
    {
        public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

        public IEnumerable<string> Statements =>
            string.Join('\n', Text.Split('\n').Where(line => !line.TrimStart().StartsWith("--", StringComparison.Ordinal)))
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(s => s.Length > 0);
    }

    private sealed class Applied
    {
        public long Number { get; init; }

        public string Hash { get; init; } = "";
    }
}
