namespace Gapura.Storage;

/// <summary>Deletes many rows a few at a time: no lock is held long, no transaction outlasts its patience.</summary>
internal static class Sweeping
{
    private const int AtOnce = 2000;

    /// <param name="table">Whose rows.</param>
    /// <param name="key">Its primary key: the columns, with commas.</param>
    /// <param name="which">The condition, over <paramref name="args"/>.</param>
    public static async Task Sweep(this Database database, string table, string key, string which, object args, CancellationToken ct)
    {
        var statement = $"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {which} LIMIT {AtOnce})";
        while (await database.Write(sql => sql.Execute(statement, args), ct) == AtOnce) ct.ThrowIfCancellationRequested();
    }
}
