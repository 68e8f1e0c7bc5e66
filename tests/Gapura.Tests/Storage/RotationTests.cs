using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

/// <summary>Keys used for 30 days, known one day ahead, met for two hours after their last use. Times in hours from the start.</summary>
public sealed class RotationTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Rotation Rule = new(Period: TimeSpan.FromDays(30), Lead: TimeSpan.FromDays(1), Afterlife: TimeSpan.FromHours(2));

    [Theory]
    [InlineData(new double[0], 0, 0.0)] // the first is used at once
    [InlineData(new[] { 0.0 }, 0, null)]
    [InlineData(new[] { 0.0 }, 29 * 24 - 0.01, null)]
    [InlineData(new[] { 0.0 }, 29 * 24, 30 * 24.0)] // a day ahead
    [InlineData(new[] { 0.0 }, 29.5 * 24, 30.5 * 24.0)] // found late: still a day ahead
    [InlineData(new[] { 0.0 }, 400 * 24, 401 * 24.0)] // off for a year
    [InlineData(new[] { 0.0, 30 * 24 }, 29.5 * 24, null)] // published already
    [InlineData(new[] { 0.0, 30 * 24 }, 58 * 24, null)]
    [InlineData(new[] { 0.0, 30 * 24 }, 59 * 24, 60 * 24.0)]
    public void When_the_next_is_due(double[] usedFrom, double now, double? next) =>
        Assert.Equal(next is { } hours ? At(hours) : null, Rule.NextUse(Keys(usedFrom), At(now)));

    [Theory]
    [InlineData(new[] { 0.0 }, 0, 1)]
    [InlineData(new[] { 0.0 }, -1, 1)] // a node whose clock is behind
    [InlineData(new[] { 0.0, 720 }, 719.99, 1)]
    [InlineData(new[] { 0.0, 720 }, 720, 2)]
    [InlineData(new[] { 0.0, 720, 100 }, 99, 1)] // rotated by an operator before the published one was used
    [InlineData(new[] { 0.0, 720, 100 }, 100, 3)]
    [InlineData(new[] { 0.0, 720, 100 }, 720, 3)]
    public void Which_is_used(double[] usedFrom, double now, long number) => Assert.Equal(number, Rotation.Current(Keys(usedFrom), At(now)).Number);

    [Theory]
    [InlineData(new[] { 0.0 }, 10000, new long[] { 1 })]
    [InlineData(new[] { 0.0, 720 }, 700, new long[] { 1, 2 })]
    [InlineData(new[] { 0.0, 720 }, 721.99, new long[] { 1, 2 })]
    [InlineData(new[] { 0.0, 720 }, 722, new long[] { 2 })]
    [InlineData(new[] { 0.0, 720, 1440 }, 1430, new long[] { 2, 3 })]
    [InlineData(new[] { 0.0, 720, 100 }, 101, new long[] { 1, 2, 3 })]
    [InlineData(new[] { 0.0, 720, 100 }, 102, new long[] { 3 })] // a key feared lost must not live until the one it replaced would have been used
    public void Which_may_still_be_met(double[] usedFrom, double now, long[] numbers) =>
        Assert.Equal(numbers, Rule.Accepted(Keys(usedFrom), At(now)).Select(k => k.Number));

    [Fact]
    public void Over_five_years_one_is_always_known_ahead_and_met_long_enough()
    {
        List<SealedKey> keys = [];
        for (var now = At(0); now < At(24 * 365 * 5); now += TimeSpan.FromHours(1))
        {
            if (Rule.NextUse(keys, now) is { } use)
            {
                Assert.True(keys.Count == 0 || use - now >= Rule.Lead);
                keys.Add(new(keys.Count + 1, now, use, []));
            }

            var accepted = Rule.Accepted(keys, now).ToList();
            Assert.Contains(Rotation.Current(keys, now), accepted);
            Assert.Contains(Rotation.Current(keys, now - Rule.Afterlife + TimeSpan.FromTicks(1)), accepted);
            Assert.InRange(accepted.Count, 1, 3);
        }

        Assert.InRange(keys.Count, 60, 62);
    }

    private static DateTimeOffset At(double hours) => Start + TimeSpan.FromHours(hours);

    private static List<SealedKey> Keys(double[] usedFrom) => [.. usedFrom.Select((hours, i) => new SealedKey(i + 1, Start, At(hours), []))];
}
