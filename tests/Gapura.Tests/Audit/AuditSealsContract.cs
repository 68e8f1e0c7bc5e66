using System.Security.Cryptography;
using Gapura.Audit;
using Gapura.Kernel;
using Gapura.Storage;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Audit;

/// <summary>What was written down cannot be changed, removed or added to any more without a trace.</summary>
public abstract class AuditSealsContract(Store store) : StoreContract(store)
{
    private AuditLog Log => field ??= new AuditLog(Database);

    private AuditSeals Seals => field ??= new AuditSeals(Database, Master, Clock);

    [Fact]
    public async Task Before_anything_happened_it_is_whole()
    {
        Assert.Equal(0, await Seals.SealNext(Ct));
        Assert.Equal(new AuditVerdict(0, 0, 0, null, null), await Seals.Verify(null, Ct));
    }

    [Fact]
    public async Task What_is_older_than_two_seconds_is_sealed_and_whole()
    {
        await Write(3);
        Clock.Pass(AuditSeals.Ripe - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await Seals.SealNext(Ct));
        Clock.Pass(TimeSpan.FromMilliseconds(1));
        await Write(1);
        Assert.Equal(3, await Seals.SealNext(Ct));
        Assert.Equal(0, await Seals.SealNext(Ct));
        var verdict = await Seals.Verify(null, Ct);
        Assert.Equal((1, 3, 1, 1, null), (verdict.Seals, verdict.Entries, verdict.Unsealed, verdict.Last!.Number, verdict.Broken));
        Assert.Equal(verdict, await Seals.Verify(verdict.Last, Ct));
        Assert.Equal(verdict, await new AuditSeals(await OpenAgain(), Master, Clock).Verify(null, Ct));
    }

    [Fact]
    public async Task A_seal_holds_a_thousand_entries_and_the_next_the_rest()
    {
        await Write(AuditSeals.MostOfASeal + 1);
        Clock.Pass(AuditSeals.Ripe);
        Assert.Equal((AuditSeals.MostOfASeal, 1, 0), (await Seals.SealNext(Ct), await Seals.SealNext(Ct), await Seals.SealNext(Ct)));
        await IsWhole(seals: 2, entries: AuditSeals.MostOfASeal + 1);
    }

    [Fact]
    public async Task An_entry_that_commits_late_goes_into_a_later_seal()
    {
        await Write(1);
        Clock.Pass(TimeSpan.FromSeconds(10));
        var late = Entry() with { At = Clock.Now - TimeSpan.FromSeconds(20) };
        await Seals.SealNext(Ct);
        await Database.Write(sql => Log.Note(sql, late), Ct);
        Assert.Equal(1, await Seals.SealNext(Ct));
        await IsWhole(seals: 2, entries: 2);
    }

    [Fact]
    public async Task Two_nodes_at_once_put_every_entry_under_one_seal()
    {
        var other = new AuditSeals(await OpenAgain(), Master, Clock);
        for (var round = 1; round <= 10; round++)
        {
            await Write(20);
            Clock.Pass(AuditSeals.Ripe);
            var sealedBy = await AtOnce.Run(8, i => (i % 2 == 0 ? Seals : other).SealNext(Ct));
            Assert.Equal(20, sealedBy.Sum());
            await IsWhole(round, round * 20);
        }
    }

    [Theory]
    [InlineData("at = at + 1")]
    [InlineData("action = 'sign_in.denied'")]
    [InlineData("actor = 'operator'")]
    [InlineData("account_id = 'another'")]
    [InlineData("client_id = NULL")]
    [InlineData("device_id = ''")]
    [InlineData("grant_id = 'g'")]
    [InlineData("browser = 'Firefoxx'")]
    [InlineData("browser = 'FirefoxW', system = 'indows'")]
    [InlineData("network = NULL")]
    [InlineData("country = 'SG'")]
    [InlineData("details = details || ' '")]
    [InlineData("id = id || 'x'")]
    public async Task A_changed_entry_is_found(string change)
    {
        var ids = await Three();
        await Sql($"UPDATE audit SET {change} WHERE id = '{ids[1]}'");
        await IsBroken(2, "was changed");
    }

    [Theory]
    [InlineData("sealed_at = sealed_at - 1")]
    [InlineData("number = 20")]
    public async Task A_changed_seal_is_found(string change)
    {
        await Three();
        await Sql($"UPDATE audit_seals SET {change} WHERE number = 2");
        Assert.Equal(2, (await Seals.Verify(null, Ct)).Broken!.Number);
    }

    [Fact]
    public async Task A_removed_entry_is_found()
    {
        var ids = await Three();
        await Sql($"DELETE FROM audit WHERE id = '{ids[0]}'");
        await IsBroken(1, "Of 1 entries 0 are left.");
    }

    [Fact]
    public async Task An_added_entry_is_found()
    {
        await Three();
        await Sql($"INSERT INTO audit (id, at, action, actor, seal) VALUES ('x', 1, 'sign_in.approved', 'account', 3)");
        await IsBroken(3, "made over 1 entries; 2 claim");
    }

    [Fact]
    public async Task An_entry_moved_from_one_seal_to_another_is_found()
    {
        var ids = await Three();
        await Sql($"UPDATE audit SET seal = 3 WHERE id = '{ids[1]}'");
        await IsBroken(2, "0 are left");
    }

    [Fact]
    public async Task A_seal_taken_out_of_the_middle_is_found()
    {
        var ids = await Three();
        await Sql("DELETE FROM audit_seals WHERE number = 2");
        await Sql($"DELETE FROM audit WHERE id = '{ids[1]}'");
        await IsBroken(2, "missing");
    }

    [Fact]
    public async Task Seals_cut_off_at_the_end_are_found_while_their_entries_are_there()
    {
        await Three();
        await Sql("DELETE FROM audit_seals WHERE number >= 2");
        await IsBroken(2, "missing");
    }

    [Fact]
    public async Task A_chain_made_anew_without_the_master_key_is_found()
    {
        var ids = await Three();
        await Sql($"UPDATE audit SET country = 'SG', seal = NULL WHERE id = '{ids[2]}'");
        await Sql("DELETE FROM audit_seals WHERE number = 3");
        Assert.Equal(1, await new AuditSeals(Database, new MasterKey(RandomNumberGenerator.GetBytes(32)), Clock).SealNext(Ct));
        await IsBroken(3, "was changed");
    }

    /// <summary>What a chain cannot know by itself: that there was more. Whoever kept the last seal elsewhere does.</summary>
    [Fact]
    public async Task The_newest_seals_removed_with_their_entries_are_found_by_a_kept_seal_alone()
    {
        var ids = await Three();
        var kept = (await Seals.Verify(null, Ct)).Last!;
        await Sql($"DELETE FROM audit WHERE id = '{ids[2]}'");
        await Sql("DELETE FROM audit_seals WHERE number = 3");
        await IsWhole(seals: 2, entries: 2);
        var found = (await Seals.Verify(kept, Ct)).Broken!;
        Assert.Equal((3, "The seal that was kept is missing: the newest seals were cut off."), (found.Number, found.Why));

        // The chain goes on over the gap: another seal has the number now.
        await Write(1);
        Clock.Pass(AuditSeals.Ripe);
        await Seals.SealNext(Ct);
        await IsWhole(seals: 3, entries: 3);
        Assert.Equal(3, (await Seals.Verify(kept, Ct)).Broken!.Number);
    }

    [Fact]
    public async Task The_bytes_under_a_seal_are_the_documented_ones()
    {
        await Sql("INSERT INTO audit (id, at, action, actor, country) VALUES ('b', 258, 'x', 'é', 'ID'), ('a', 1, '', 'y', NULL)");
        await Seals.SealNext(Ct);
        byte[] none = [255, 255, 255, 255];
        byte[] nones(int count) => [.. Enumerable.Repeat(none, count).SelectMany(n => n)];
        byte[] bytes =
        [
            .. new byte[32], 0, 0, 0, 0, 0, 0, 0, 1, .. BitConverter.GetBytes(Clock.Now.ToUnixTimeMilliseconds()).Reverse(),
            0, 0, 0, 1, (byte)'a', 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, (byte)'y', .. nones(9),
            0, 0, 0, 1, (byte)'b', 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 1, (byte)'x', 0, 0, 0, 2, 0xC3, 0xA9, .. nones(7), 0, 0, 0, 2, (byte)'I', (byte)'D', .. none,
        ];
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Master.Derive("audit seals"), bytes));
        Assert.Equal($"1:{expected}", (await Seals.Verify(null, Ct)).Last!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("x:00")]
    [InlineData("-1:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1:000000000000000000000000000000000000000000000000000000000000000g")]
    public void A_kept_seal_has_its_form(string text) => Assert.Null(KeptSeal.Parse(text));

    /// <summary>Three entries, each under a seal of its own.</summary>
    private async Task<string[]> Three()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.AddRange(await Write(1));
            Clock.Pass(AuditSeals.Ripe);
            Assert.Equal(1, await Seals.SealNext(Ct));
        }

        await IsWhole(3, 3);
        return [.. ids];
    }

    private async Task<List<string>> Write(int count)
    {
        var entries = Enumerable.Range(0, count).Select(_ => Entry()).ToList();
        await Database.Write(async sql =>
        {
            foreach (var entry in entries) await Log.Note(sql, entry);
        }, Ct);
        return [.. entries.Select(e => e.Id)];
    }

    private AuditEntry Entry() => new()
    {
        Id = PublicId.New(Clock), At = Clock.Now, Action = AuditAction.SignInApproved, Actor = "account", AccountId = "a", ClientId = "c",
        Browser = "Firefox", System = "Windows", Network = "192.0.2.0/24", Country = "ID", Details = "password",
    };

    private Task Sql(string statement) => Database.Write(sql => sql.Execute(statement), Ct);

    private async Task IsWhole(long seals, long entries)
    {
        var verdict = await Seals.Verify(null, Ct);
        Assert.Equal((seals, entries, null), (verdict.Seals, verdict.Entries, verdict.Broken));
    }

    private async Task IsBroken(long number, string why)
    {
        var broken = (await Seals.Verify(null, Ct)).Broken;
        Assert.Equal(number, broken!.Number);
        Assert.Contains(why, broken.Why, StringComparison.Ordinal);
    }
}

public sealed class AuditSealsOnSqlite(SqliteStore store) : AuditSealsContract(store), IClassFixture<SqliteStore>;

public sealed class AuditSealsOnPostgres(PostgresStore store) : AuditSealsContract(store), IClassFixture<PostgresStore>;
