using System.Data.Common;
using System.Globalization;
using Gapura.Bench.Running;
using Npgsql;

namespace Gapura.Bench.Stores;

/// <summary>A database of its own on a PostgreSQL that <see cref="PostgresServer"/> runs.</summary>
internal sealed class PostgresStore : Store
{
    private readonly PostgresServer _server;
    private readonly string _name = $"bench_{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4))}";

    public PostgresStore(PostgresServer server)
    {
        _server = server;
        Connection = new NpgsqlConnectionStringBuilder(server.Connection) { Database = _name }.ToString();
        server.Execute($"CREATE DATABASE {_name}");
    }

    public override string Name => "PostgreSQL";

    public override string Connection { get; }

    public override double Processor => Processors.OfFamily(_server.Postmaster);

    public override string About => $"PostgreSQL {Value<string>("SHOW server_version")}, fsync {Value<string>("SHOW fsync")}, synchronous_commit {Value<string>("SHOW synchronous_commit")}, shared_buffers {Value<string>("SHOW shared_buffers")}";

    public override string Hex128(long count) => $"lpad(to_hex({long.MaxValue / count} * i), 16, '0') || md5(random()::text) || md5(random()::text) || md5(random()::text) || substr(md5(random()::text), 17)";

    public override string Bytes32 => "sha256(random()::text::bytea)";

    protected override string? TableSizes => "SELECT relname::text, pg_total_relation_size(relid) FROM pg_stat_user_tables";

    public override string Series(long count) => $"WITH s(i) AS (SELECT generate_series(1, {count}))";

    public override string Id(char letter) => $"'{letter}' || lpad(i::text, 25, '0')";

    // Not at empty tables: it would believe that they stay so, and look through all of them while they fill.
    public override void Look()
    {
        foreach (var table in Tables().Keys)
            if (Value<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM {table} LIMIT 1000) AS first") == 1_000) Execute($"VACUUM (ANALYZE) {table}");
    }

    public override DbConnection Open()
    {
        var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        connection.Open();
        return connection;
    }

    public override long Size() => Value<long>("SELECT pg_database_size(current_database())");

    public override long? LogBytes() => (long)Value<decimal>("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')");

    // A transaction gets a number when it first writes.
    public override long? Commits() => long.Parse(Value<string>("SELECT pg_snapshot_xmax(pg_current_snapshot())::text"), CultureInfo.InvariantCulture);

    public override ValueTask DisposeAsync()
    {
        _server.Execute($"DROP DATABASE {_name} WITH (FORCE)");
        return ValueTask.CompletedTask;
    }
}
