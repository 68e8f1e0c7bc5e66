using Npgsql;

namespace Gapura.Hosting.Commands.Backups;

/// <summary>What an operator of PostgreSQL does instead: its own tools do it better than we could.</summary>
internal static class PostgresBackup
{
    public static string Advice(Settings settings)
    {
        var key = settings.MasterKey is null ? Installation.MasterKeyPath(settings) : "the setting MasterKey";
        return $"PostgreSQL is backed up by its own tools, while the server runs: pg_dump --format=custom --file=gapura.dump {Target(settings.Database)} (or pg_basebackup for the whole server). Keep {key} with it: without that key the dump cannot be read.";
    }

    // pg_dump understands an address as it is, and the words of the other form under their own names; never with the password.
    private static string Target(string connection)
    {
        try
        {
            if (connection.Contains("://", StringComparison.Ordinal))
            {
                var uri = new UriBuilder(connection) { Password = "" };
                return $"\"{uri.Uri.AbsoluteUri}\"";
            }

            var text = new NpgsqlConnectionStringBuilder(connection);
            return $"\"host={text.Host} port={text.Port} dbname={text.Database} user={text.Username}\"";
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return "DATABASE";
        }
    }
}
