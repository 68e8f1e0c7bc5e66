using Microsoft.Data.Sqlite;

namespace Gapura.Storage.Backups;

/// <summary>What is asked of an SQLite file that nobody serves: a copy that was just made, or one that is to be restored.</summary>
internal static class SqliteLook
{
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>What SQLite finds wrong with its own pages, in its words; null when it is whole.</summary>
    /// <param name="thorough">Whether every index is compared with its table, which takes several times as long.</param>
    public static string? Damage(SqliteConnection connection, bool thorough)
    {
        try
        {
            var found = Column(connection, thorough ? "PRAGMA integrity_check(3)" : "PRAGMA quick_check(3)");
            return found is ["ok"] ? null : string.Join("; ", found.Select(f => f.ReplaceLineEndings(" ")));
        }
        catch (SqliteException e)
        {
            return e.Message.TrimEnd('.');
        }
    }

    public static IReadOnlyList<string> Tables(SqliteConnection connection) =>
        Column(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");

    public static long Rows(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
        return (long)command.ExecuteScalar()!;
    }

    public static IReadOnlyList<MigrationShown> Migrations(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT number, name, hash FROM migrations ORDER BY number";
        using var reader = command.ExecuteReader();
        List<MigrationShown> all = [];
        while (reader.Read()) all.Add(new MigrationShown(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
        return all;
    }

    public static void Run(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private static List<string> Column(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        List<string> values = [];
        while (reader.Read()) values.Add(reader.GetString(0));
        return values;
    }
}
