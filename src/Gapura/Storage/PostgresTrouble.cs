using Npgsql;

namespace Gapura.Storage;

/// <summary>Which of PostgreSQL's errors are its own trouble, and which are a fault in what was asked.</summary>
internal static class PostgresTrouble
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html: connection, resources (disk full, too many
    // connections), operator intervention (shutdown, statement timeout), system error, internal error (corruption).
    private static readonly string[] Classes = ["08", "53", "57", "58", "XX"];

    // A standby or an old primary; a conflict that is gone when the request comes again; a lock that somebody keeps; a
    // transaction that was ended for waiting.
    private static readonly string[] Codes = ["25006", "25P03", "40001", "40P01", "55P03"];

    public static bool Passes(NpgsqlException e) =>
        e is not PostgresException said || Classes.Any(c => said.SqlState.StartsWith(c, StringComparison.Ordinal)) || Codes.Contains(said.SqlState);
}
