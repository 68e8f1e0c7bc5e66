namespace Gapura.Cluster.Rig;

/// <summary>A primary and its standby, which every commit waits for: what was acknowledged lies on both.</summary>
internal sealed class Pair(Postgres first, Postgres second)
{
    public const string Database = "gapura";

    public Postgres Primary { get; private set; } = first;

    public Postgres Standby { get; private set; } = second;

    public IReadOnlyList<Postgres> Both { get; } = [first, second];

    public async Task Start()
    {
        foreach (var one in Both) await one.Prepare();
        await Primary.Initialise();
        await Primary.Start();
        await Primary.Ask($"CREATE DATABASE {Database}");
        await Standby.Follow(Primary);
        await Synchronise();
    }

    /// <summary>The standby takes over; the caller has made sure that the primary is no more.</summary>
    public async Task FailOver()
    {
        await Standby.Promote();
        (Primary, Standby) = (Standby, Primary);
    }

    /// <summary>After a failover: the old primary begins anew as the standby of the new one.</summary>
    public async Task Rebuild()
    {
        await Standby.Follow(Primary);
        await Synchronise();
    }

    /// <summary>Until the standby follows again, for as long as it takes after a restart.</summary>
    public async Task Synchronise()
    {
        if (await Primary.Ask("SHOW synchronous_standby_names") != "*")
        {
            await Primary.Ask("ALTER SYSTEM SET synchronous_standby_names = '*'");
            await Primary.Ask("SELECT pg_reload_conf()");
        }

        for (var tries = 0; await Primary.Ask("SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'sync'") != "1"; tries++)
        {
            if (tries > 300) throw new TimeoutException("The standby does not follow.");
            await Task.Delay(100);
        }
    }
}
