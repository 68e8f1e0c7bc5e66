using System.Buffers.Binary;
using Gapura.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Gapura.Tests.Storage;

/// <summary>Callers who wait together share a commit, counted where SQLite itself writes it down: in the write-ahead log.</summary>
public sealed class GroupCommitTests(SqliteStore store) : StoreContract(store), IClassFixture<SqliteStore>
{
    [Fact]
    public async Task Those_who_wait_together_share_a_commit()
    {
        var before = Commits();
        await WriteBehind(100);
        Assert.Equal(1, Commits() - before);
    }

    [Fact]
    public async Task A_commit_is_shared_by_128_at_most()
    {
        var before = Commits();
        await WriteBehind(300);
        Assert.Equal(3, Commits() - before);
    }

    [Fact]
    public async Task One_after_the_other_each_has_its_own()
    {
        var before = Commits();
        for (var i = 0; i < 10; i++) await Put(i);
        Assert.Equal(10, Commits() - before);
    }

    [Fact]
    public async Task A_crowd_needs_far_fewer_commits_than_it_is()
    {
        var before = Commits();
        await AtOnce.Run(500, Put);
        Assert.InRange(Commits() - before, 1, 250);
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(10, false)]
    [InlineData(13, false)]
    [InlineData(19, true)]
    public async Task A_connection_that_could_not_write_is_left_behind_and_one_that_broke_a_rule_is_not(int code, bool isKept)
    {
        var before = await Database.Write(sql => Task.FromResult(sql.Connection), Ct);
        await Assert.ThrowsAnyAsync<Exception>(() => Database.Write(_ => throw new SqliteException("said by the disk", code), Ct));
        Assert.Equal(isKept, ReferenceEquals(before, await Database.Write(sql => Task.FromResult(sql.Connection), Ct)));
    }

    [Fact]
    public async Task When_the_disk_undoes_everybodys_work_everybody_hears_of_the_true_cause_and_nothing_is_half_done()
    {
        const int full = 13;
        Task<int> good = Task.FromResult(0), bad = good;
        await Behind(() => (good, bad) = (Put(1), Database.Write<int>(async sql =>
        {
            await sql.Execute("INSERT INTO revisions (topic, revision) VALUES ('half', 1)");
            await sql.Execute("ROLLBACK TRANSACTION");
            throw new SqliteException("database or disk is full", full);
        }, Ct)));
        foreach (var one in (Task<int>[])[good, bad])
            Assert.Equal(full, Assert.IsType<SqliteException>((await Assert.ThrowsAsync<DatabaseUnavailableException>(() => one)).InnerException).SqliteErrorCode);
        Assert.Equal(0, await Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM revisions"), Ct));
        await Put(2);
        Assert.Equal(1, await Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM revisions"), Ct));
    }

    private Task<int> Put(int i) => Database.Write(sql => sql.Execute("INSERT INTO revisions (topic, revision) VALUES (@topic, 1)", new { topic = $"{i}" }), Ct);

    // The work in front reads only, so it leaves no commit in the log.
    private async Task WriteBehind(int callers)
    {
        Task<int>[] writes = [];
        await Behind(() => writes = [.. Enumerable.Range(0, callers).Select(Put)]);
        await Task.WhenAll(writes);
    }

    private async Task Behind(Action queue)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Database.Write(async _ =>
        {
            begun.SetResult();
            await goOn.Task;
        }, Ct);
        await begun.Task;
        queue();
        goOn.SetResult();
        await first;
    }

    // https://www.sqlite.org/fileformat2.html#walformat: 32 bytes header, then frames of 24 bytes and a page. The frame
    // that ends a commit says the size of the database in bytes 4 to 7; every other one says zero there.
    private int Commits()
    {
        using var file = new FileStream(Connection + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var log = new byte[file.Length];
        file.ReadExactly(log);
        var page = BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
        var salt = log.AsSpan(16, 8);
        var commits = 0;
        for (var at = 32; at + 24 + page <= log.Length && log.AsSpan(at + 8, 8).SequenceEqual(salt); at += 24 + page)
            if (BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(at + 4)) != 0) commits++;
        return commits;
    }
}
