using System.Security.Cryptography;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId.Keys;

/// <summary>Keys rotate by themselves and by hand while people sign in and APIs verify with key sets of five minutes ago: nobody notices.</summary>
public sealed class RotationUnderLoadTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_server_rotates_and_no_request_and_no_validation_fails()
    {
        await using var server = await GapuraServer.Start();
        await Rotate("one server on SQLite", [server], server.Clock, server.ResourceApiKey);
    }

    [Fact]
    public async Task Two_servers_over_one_PostgreSQL_whose_clocks_are_ten_minutes_apart_rotate_and_nothing_fails()
    {
        var store = new PostgresStore();
        Assert.SkipWhen(store.WhyNot is not null, store.WhyNot ?? "");
        await store.InitializeAsync();
        (string, string?)[] settings = [("Database", await store.Fresh()), ("MasterKey", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)))];
        await using var slow = new GapuraServer(settings);
        await using var fast = new GapuraServer(settings);
        var right = new FakeClock();
        slow.Clock.Pass(TimeSpan.FromMinutes(-5));
        fast.Clock.Pass(TimeSpan.FromMinutes(5));
        await slow.InitializeAsync();
        await fast.Build();
        await fast.StartListening();
        await Rotate("two servers on PostgreSQL, clocks 10 minutes apart", [slow, fast], right, slow.ResourceApiKey);
        await slow.DisposeAsync();
        await fast.DisposeAsync();
        await store.DisposeAsync();
    }

    private static async Task Rotate(string where, GapuraServer[] nodes, FakeClock right, string resourceApiKey)
    {
        await CodeFlow.Register(nodes[0]);
        foreach (var node in nodes) await node.Follow();
        FakeClock[] clocks = [.. nodes.Select(n => n.Clock).Append(right).Distinct()];
        var audience = nodes[0].Get<TokenOptions>().Audience;

        // Each of them asks the other node than it is served by, and one of each has the right time.
        var load = new RotationLoad(
            nodes,
            [.. nodes.Select((n, i) => new CachingVerifier(n, nodes[^(i + 1)].Clock, audience)), new CachingVerifier(nodes[^1], right, audience)],
            [.. nodes.Select((n, i) => new CachingVerifier(n, nodes[^(i + 1)].Clock, CodeFlow.ClientId))],
            resourceApiKey);
        var working = load.Start();
        var rotations = 0;

        // By hand: each alone, then both, written down by the node that is slow.
        foreach (var algorithms in (IReadOnlyList<SigningAlgorithm>[])[[SigningAlgorithm.Rs256], [SigningAlgorithm.Es256], SigningAlgorithm.All])
        {
            foreach (var algorithm in algorithms) await nodes[0].Get<SigningKeys>().Rotate(algorithm, atOnce: false, Ct);
            rotations += algorithms.Count;
            await Steps(55);
        }

        // By themselves, twice: a day before they are used, and when they are.
        for (var time = 0; time < 2; time++)
        {
            var due = (await nodes[0].Get<SigningKeys>().List(SigningAlgorithm.Es256, Ct))[^1].Key.UsedFrom + TimeSpan.FromDays(90);
            await Leap(due - TimeSpan.FromDays(1) - TimeSpan.FromMinutes(10) - right.Now);
            await Steps(20);
            await Leap(due - TimeSpan.FromMinutes(15) - right.Now);
            await Steps(65);
            rotations += 2;
        }

        load.End();
        await Task.WhenAll(working);
        Measured.Say($"Key rotation under load, {where}: {load.Requests} requests, {load.Validations} validations, {rotations} rotations asked for, {load.KeysSeen.Count} keys met, {load.Failures.Count} failed.");
        Assert.Empty(load.Failures.Distinct());
        Assert.Equal(rotations + 2, load.KeysSeen.Count);

        async Task Steps(int minutes)
        {
            for (var passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(minutes) && load.Failures.IsEmpty; passed += Step)
            {
                await load.Move(() => Pass(Step), isLeap: false);
                await Look();
                await load.UntilMore(Effort.Of(6, 60));
            }
        }

        async Task Leap(TimeSpan span)
        {
            await load.Move(() => Pass(span), isLeap: true);
            await Look();
        }

        void Pass(TimeSpan span)
        {
            foreach (var clock in clocks) clock.Pass(span);
        }

        // What the watch does, while requests are answered.
        async Task Look()
        {
            foreach (var node in nodes) await node.Get<SigningKeys>().RotateWhenDue(Ct);
            foreach (var node in nodes) await node.Follow();
        }
    }
}
