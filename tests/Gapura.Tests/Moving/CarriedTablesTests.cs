using Gapura.Storage.Carrying;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Moving;

/// <summary>No table may be forgotten: one that nobody listed would be empty after a move, and nobody would notice.</summary>
public sealed class CarriedTablesTests(SqliteStore store) : StoreContract(store), IClassFixture<SqliteStore>
{
    [Fact]
    public async Task Every_table_of_a_database_is_carried_or_left_behind_for_a_reason()
    {
        var tables = (await DatabaseState.Of(Database, Ct)).Tables;
        Assert.Equal(tables.Order(StringComparer.Ordinal), CarriedTables.All.Select(t => t.Name).Concat(CarriedTables.LeftBehind.Keys).Order(StringComparer.Ordinal));
        Assert.All(CarriedTables.LeftBehind.Values, Assert.NotEmpty);
    }

    [Fact]
    public async Task The_keys_are_those_of_the_tables()
    {
        foreach (var table in CarriedTables.All)
        {
            var key = await Database.Read(sql => sql.Rows<string>("SELECT name FROM pragma_table_info(@Name) WHERE pk > 0 ORDER BY pk", new { table.Name }), Ct);
            Assert.Equal(key, table.Key);
        }
    }

    [Fact]
    public async Task Whoever_is_named_by_another_comes_before_it()
    {
        var names = CarriedTables.All.Select(t => t.Name).ToList();
        var pairs = 0;
        foreach (var table in names)
        {
            foreach (var parent in await Database.Read(sql => sql.Rows<string>("SELECT \"table\" FROM pragma_foreign_key_list(@table)", new { table }), Ct))
            {
                Assert.True(names.IndexOf(parent) < names.IndexOf(table), $"{table} comes before {parent}, which it names");
                pairs++;
            }
        }

        Assert.True(pairs > 10, "the tables name each other");
    }
}
