using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

public sealed class StoreClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 300_000, 0, 299_999)]
    [InlineData(0, -300_000, 0, -299_999)]
    [InlineData(299_990, 300_000, 40, 299_990)]
    [InlineData(300_200, 300_000, 40, 300_001)]
    [InlineData(299_000, 300_000, 40, 299_959)]
    [InlineData(0, 0, 800, 0)]
    [InlineData(-500, 0, 400, -401)]
    public void The_difference_in_use_stays_while_it_fits_the_answer_and_moves_no_further_than_it_must(long used, long ahead, long took, long expected) =>
        Assert.Equal(expected, StoreClock.Nearest(used, Noon, Noon.AddMilliseconds(ahead), Noon.AddMilliseconds(took)));

    [Fact]
    public void A_clock_that_is_set_back_while_the_question_travels_says_nothing() =>
        Assert.Equal(7, StoreClock.Nearest(7, Noon, Noon, Noon.AddMinutes(-5)));
}

public sealed class StoreClockOnPostgres(PostgresStore store) : StoreContract(store), IClassFixture<PostgresStore>
{
    [Fact]
    public async Task Nodes_whose_own_clocks_are_far_apart_share_one()
    {
        // A clock that stands, on a day long past.
        var clock = await StoreClock.Of(Database, Clock, Ct);
        var right = await StoreClock.Of(Database, TimeProvider.System, Ct);
        Assert.InRange((clock.GetUtcNow() - right.GetUtcNow()).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
