using Gapura.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Gapura.Tests.Storage;

/// <summary>What moves on one node rings on another before anybody there looks.</summary>
public sealed class NewsTests(PostgresStore store) : CeremonySteps(store), IClassFixture<PostgresStore>
{
    [Fact]
    public async Task A_move_is_heard_on_the_other_node_by_itself_and_after_the_connection_was_cut_too()
    {
        // As an installation with a standby names them: several hosts, of which one is the primary.
        var text = new NpgsqlConnectionStringBuilder(Connection);
        text.Host = $"{text.Host}:{text.Port},{text.Host}:{text.Port}";
        var here = (PostgresDatabase)Database;
        await using var there = new PostgresDatabase(text.ToString(), bounded: true);
        var bells = new Bells(Clock);
        var other = new Ceremonies(there, bells, Clock);
        var (asks, knows) = (new Neighbours(Clock), new Neighbours(Clock) { Knows = key => key == "7" ? "seven, of \"course\"" : null });
        using var tells = new News(here, Ceremonies, asks, NullLogger<News>.Instance);
        using var hears = new News(there, other, knows, NullLogger<News>.Instance);
        await tells.StartAsync(Ct);
        await hears.StartAsync(Ct);

        await Rings("before");
        await Tells();
        await here.Read(sql => sql.Rows<string>("SELECT CAST(pg_terminate_backend(pid) AS TEXT) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"), Ct);
        await Rings("after");
        await Tells();
        await tells.StopAsync(Ct);
        await hears.StopAsync(Ct);

        // Asks again and again: who asks waits for a moment only, and this machine may be busy.
        async Task Tells()
        {
            string? told = null;
            for (var i = 0; i < 100 && (told = await asks.Ask("7", Ct)) is null; i++) await Task.Delay(50, Ct);
            Assert.Equal("seven, of \"course\"", told);
        }

        // Moves again and again until one is heard: listening begins a moment after the start.
        async Task Rings(string name)
        {
            for (var i = 0; i < 100; i++)
            {
                using var bell = bells.Enter([$"{name} {i}"]);
                await Again(() => Add(Approved($"{name} {i}")));
                var rung = IsRung(bell);
                if (await Task.WhenAny(rung, Task.Delay(200, Ct)) == rung && other.MayHold($"{name} {i}")) return;
            }

            Assert.Fail($"Nothing was heard {name} the cut.");
        }
    }

    // The pool holds connections that were cut.
    private static async Task Again(Func<Task> work)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await work();
                return;
            }
            catch (DatabaseUnavailableException) when (tries < 50)
            {
                await Task.Delay(20, Ct);
            }
        }
    }
}
