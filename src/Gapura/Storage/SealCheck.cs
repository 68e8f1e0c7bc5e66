using System.Security.Cryptography;

namespace Gapura.Storage;

/// <summary>Whether a master key is the one that a database's keys lie under.</summary>
internal static class SealCheck
{
    /// <returns>How many keys it opened: none is no proof, and no contradiction either.</returns>
    /// <exception cref="DatabaseUnavailableException">It does not open one of them.</exception>
    public static async Task<int> Run(Database database, MasterKey master, CancellationToken ct)
    {
        if (await new Inspection(database).NewestMigration(ct) is null) return 0;
        var rows = await database.Read(sql => sql.Rows<Row>("SELECT purpose AS Purpose, number AS Number, sealed AS Sealed FROM sealed_keys ORDER BY purpose, number"), ct);
        foreach (var row in rows)
        {
            try
            {
                CryptographicOperations.ZeroMemory(master.Open(row.Sealed, $"{row.Purpose}:{row.Number}"));
            }
            catch (CryptographicException e)
            {
                throw new DatabaseUnavailableException($"The master key does not open the {row.Purpose} key {row.Number}: it is not the one that belongs to this database. Restore master.key (or the setting MasterKey) from the backup that does.", e);
            }
        }

        return rows.Count;
    }

    private sealed class Row
    {
        public string Purpose { get; init; } = "";

        public long Number { get; init; }

        public byte[] Sealed { get; init; } = [];
    }
}
