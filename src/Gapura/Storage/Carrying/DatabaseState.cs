namespace Gapura.Storage.Carrying;

/// <summary>What is in a database, before anything is done to it.</summary>
/// <param name="Tables">Names, ours and others'.</param>
internal sealed record DatabaseState(IReadOnlyList<string> Tables, Fence? Fence)
{
    private const string MigrationTable = "migrations";

    public bool HasMigrations => Tables.Contains(MigrationTable);

    public static Task<DatabaseState> Of(Database database, CancellationToken ct) => database.Read(async sql =>
    {
        var tables = await sql.Rows<string>(database.IsShared
            ? "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name"
            : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
        return new DatabaseState(tables, tables.Contains(MigrationTable) ? await Fence.Of(sql) : null);
    }, ct);
}
