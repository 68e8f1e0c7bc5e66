using Gapura.Storage;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Moving;

public sealed class SqliteHoldTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    [Fact]
    public async Task Many_share_a_file_and_whoever_must_be_alone_waits_for_all_of_them()
    {
        var path = await store.Fresh();
        Assert.True(SqliteHold.IsQuiet(path));
        await using (new SqliteDatabase(path))
        await using (new SqliteDatabase(path))
        {
            Assert.False(SqliteHold.IsQuiet(path));
            Assert.Contains("stop the server", Assert.Throws<DatabaseUnavailableException>(() => new SqliteDatabase(path, alone: true)).Message, StringComparison.Ordinal);
        }

        Assert.True(SqliteHold.IsQuiet(path));
    }

    [Fact]
    public async Task Beside_one_who_is_alone_nobody_opens_it()
    {
        var path = await store.Fresh();
        await using (new SqliteDatabase(path, alone: true))
            Assert.Contains("restored or moved", Assert.Throws<DatabaseUnavailableException>(() => Database.At(path)).Message, StringComparison.Ordinal);
        await using var again = Database.At(path);
    }
}
