using System.Net;
using Gapura.Accounts;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Accounts;

public abstract class FailuresContract(Store store) : StoreContract(store)
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");

    private Failures Failures => field ??= new Failures(Database, Clock);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(63)]
    public async Task Of_64_at_once_exactly_as_many_go_ahead_as_may(int most)
    {
        Throttle[] throttle = [new("k", most, TimeSpan.FromMinutes(15))];
        var waits = await AtOnce.Run(64, _ => Failures.Count(throttle, Ct));
        Assert.Equal(most, waits.Count(w => w is null));
        Assert.All(waits.Where(w => w is not null), w => Assert.Equal(TimeSpan.FromMinutes(15), w));
    }

    [Fact]
    public async Task It_says_how_long_to_wait_and_then_the_window_starts_afresh()
    {
        Throttle[] throttle = [new("k", 2, TimeSpan.FromMinutes(15))];
        Assert.Null(await Failures.Count(throttle, Ct));
        Clock.Pass(TimeSpan.FromMinutes(5));
        Assert.Null(await Failures.Count(throttle, Ct));
        Assert.Equal(TimeSpan.FromMinutes(10), await Failures.Count(throttle, Ct));
        Clock.Pass(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), await Failures.Count(throttle, Ct));
        Clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Null(await Failures.Count(throttle, Ct));
        Assert.Null(await Failures.Count(throttle, Ct));
        Assert.Equal(TimeSpan.FromMinutes(15), await Failures.Count(throttle, Ct));
    }

    [Fact]
    public async Task A_right_password_is_no_failure()
    {
        var throttles = Throttles.For("coba", Home, null);
        for (var i = 0; i < 310; i++)
        {
            Assert.Null(await Failures.Count(throttles, Ct));
            await Database.Write(sql => Failures.Forgive(sql, throttles), Ct);
        }
    }

    [Fact]
    public async Task A_right_password_forgives_its_own_pair_and_nobody_elses_failures()
    {
        Throttle[] one = [new("one", 3, TimeSpan.FromHours(1)), new("shared", 5, TimeSpan.FromHours(1))];
        Throttle[] two = [new("two", 3, TimeSpan.FromHours(1)), new("shared", 5, TimeSpan.FromHours(1))];
        for (var i = 0; i < 3; i++) Assert.Null(await Failures.Count(one, Ct)); // shared: 3
        Assert.Null(await Failures.Count(two, Ct)); // shared: 4
        await Database.Write(sql => Failures.Forgive(sql, two), Ct); // shared: 3
        Assert.Null(await Failures.Count(two, Ct));
        Assert.Null(await Failures.Count(two, Ct)); // shared: 5
        Assert.NotNull(await Failures.Count(two, Ct));
        Assert.NotNull(await Failures.Count(one, Ct));
    }

    [Fact]
    public async Task Counting_and_forgiving_at_once_never_wait_for_each_other_in_a_ring()
    {
        await AtOnce.Run(32, async i =>
        {
            for (var j = 0; j < 10; j++)
            {
                var throttles = Throttles.For($"user {i % 3}", IPAddress.Parse($"192.0.2.{j % 3}"), null);
                await Failures.Count(throttles, Ct);
                await Database.Write(sql => Failures.Forgive(sql, throttles), Ct);
            }

            return 0;
        });
    }

    [Fact]
    public async Task The_owners_familiar_browser_is_not_locked_out_by_strangers()
    {
        for (var i = 0; i < 500; i++) await Failures.Count(Throttles.For("coba", IPAddress.Parse($"198.51.100.{i % 200}"), null), Ct);
        Assert.NotNull(await Failures.Count(Throttles.For("coba", IPAddress.Parse("203.0.113.9"), null), Ct));
        Assert.Null(await Failures.Count(Throttles.For("coba", Home, "the owner's browser"), Ct));
    }

    [Fact]
    public async Task A_stolen_familiar_browser_has_its_own_limit()
    {
        var throttles = Throttles.For("coba", Home, "the owner's browser");
        for (var i = 0; i < 10; i++) Assert.Null(await Failures.Count(throttles, Ct));
        Assert.NotNull(await Failures.Count(throttles, Ct));
    }

    [Fact]
    public async Task One_network_alone_locks_nobody_out_elsewhere()
    {
        for (var i = 0; i < 400; i++) await Failures.Count(Throttles.For("coba", IPAddress.Parse("198.51.100.1"), null), Ct);
        Assert.Null(await Failures.Count(Throttles.For("coba", Home, null), Ct));
    }

    [Fact]
    public async Task From_one_network_40_guesses_an_hour_are_tried_and_from_all_the_world_100()
    {
        var (one, all) = (0, 0);
        for (var second = 0; second < 3 * 3600; second += 30)
        {
            if (await Failures.Count(Throttles.For("one", Home, null), Ct) is null) one++;
            if (await Failures.Count(Throttles.For("all", IPAddress.Parse($"198.51.{second / 256 % 256}.{second % 256}"), null), Ct) is null) all++;
            Clock.Pass(TimeSpan.FromSeconds(30));
        }

        Assert.InRange(one, 3 * 40 - 10, 3 * 40);
        Assert.Equal(3 * 100, all);
    }

    [Fact]
    public async Task One_network_that_tries_many_accounts_is_stopped_too()
    {
        var tried = 0;
        for (var i = 0; i < 400; i++)
            if (await Failures.Count(Throttles.For($"user {i}", Home, null), Ct) is null) tried++;
        Assert.Equal(300, tried);
    }

    [Fact]
    public async Task Ended_windows_are_swept()
    {
        await Failures.Count([new("old", 1, TimeSpan.FromMinutes(1))], Ct);
        await Failures.Count([new("young", 1, TimeSpan.FromMinutes(10))], Ct);
        Clock.Pass(TimeSpan.FromMinutes(5));
        await Failures.Sweep(Clock.Now, Ct);
        Assert.Equal(["young"], await Database.Read(sql => sql.Rows<string>("SELECT key FROM throttles"), Ct));
    }
}

public sealed class FailuresOnSqlite(SqliteStore store) : FailuresContract(store), IClassFixture<SqliteStore>;

public sealed class FailuresOnPostgres(PostgresStore store) : FailuresContract(store), IClassFixture<PostgresStore>;

public sealed class ThrottlesTests
{
    [Fact]
    public void Keys_name_nobody()
    {
        var throttles = Throttles.For("coba", IPAddress.Parse("192.0.2.1"), null);
        Assert.Equal(3, throttles.Select(t => t.Key).Distinct().Count());
        Assert.All(throttles, t => Assert.Matches("^[0-9a-f]{32}$", t.Key));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", true)] // one subscriber owns a /64
    [InlineData("2001:db8:1:2::", "2001:db8:1:3::", false)]
    public void Which_addresses_are_one_network(string one, string other, bool same) => Assert.Equal(same,
        Throttles.For("coba", IPAddress.Parse(one), null).Select(t => t.Key).SequenceEqual(Throttles.For("coba", IPAddress.Parse(other), null).Select(t => t.Key)));
}
