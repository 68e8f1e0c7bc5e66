using System.Globalization;
using System.Security.Cryptography;

namespace Gapura.Storage.Carrying;

/// <summary>Why nobody may serve a database.</summary>
internal enum FenceKind
{
    /// <summary>It is being carried elsewhere.</summary>
    Leaving,

    /// <summary>It was carried elsewhere, and lives there.</summary>
    Left,

    /// <summary>It is being filled.</summary>
    Arriving,
}

/// <summary>
/// Keeps servers and commands out of a database while it is carried, and out of the old one for good: two that both sign
/// people in would each forget what the other spent. It stands among the migrations, under a number none of them has, and
/// is met by whoever opens the database.
/// </summary>
/// <param name="Move">Names one move: random, the same on both sides.</param>
/// <param name="Other">The other side, for people.</param>
internal sealed record Fence(FenceKind Kind, string Move, string Other, DateTimeOffset At)
{
    private const long Number = 0;

    public string Sentence => Kind switch
    {
        FenceKind.Leaving => $"This database is being moved to {Other}: run `gapura move` to its end, or take it back with `gapura move --cancel`.",
        FenceKind.Left => $"This installation was moved to {Other} on {At.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)} and lives there: name that database with --database, or in the setting Database.",
        _ => $"This database is being filled from {Other}: run `gapura move` there to its end first.",
    };

    public static string NewMove() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Null when there is none. The table of migrations must be there.</summary>
    public static async Task<Fence?> Of(SqlSession sql)
    {
        var row = await sql.Row<Row>("SELECT name AS Name, hash AS Hash, applied_at AS At FROM migrations WHERE number = @Number", new { Number });
        return row is null || !Enum.TryParse<FenceKind>(row.Name, out var kind) || row.Hash.Split(' ', 2) is not [var move, var other]
            ? null : new Fence(kind, move, other, DateTimeOffset.FromUnixTimeMilliseconds(row.At));
    }

    public async Task Put(SqlSession sql)
    {
        await Lift(sql);
        await sql.Execute("INSERT INTO migrations (number, name, hash, applied_at) VALUES (@Number, @name, @hash, @at)",
            new { Number, name = Kind.ToString(), hash = $"{Move} {Other}", at = At.ToUnixTimeMilliseconds() });
    }

    public static Task Lift(SqlSession sql) => sql.Execute("DELETE FROM migrations WHERE number = @Number", new { Number });

    private sealed class Row
    {
        public string Name { get; init; } = "";

        public string Hash { get; init; } = "";

        public long At { get; init; }
    }
}
