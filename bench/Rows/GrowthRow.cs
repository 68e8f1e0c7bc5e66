using Gapura.Bench.Driving;
using Gapura.Bench.Report;
using Gapura.Bench.Running;
using Gapura.Bench.Stores;

namespace Gapura.Bench.Rows;

/// <summary>What one sign-in costs while few people lie in the database, and while many do. Everybody signs in once, so nobody's rows are warm.</summary>
internal static class GrowthRow
{
    private const long Few = 1_000;
    private const double MostDearer = 1.15;

    public static async Task<IReadOnlyList<Row>> Of(Store store, Effort effort, string key, CancellationToken ct)
    {
        await using var installation = await Installation.Make(store);
        People.Lying(store, 0, Few);
        var few = await Measure(installation, effort, Few, ct);
        People.Lying(store, Few, effort.Accounts);
        People.Platforms(store, effort.Platforms);
        var many = await Measure(installation, effort, effort.Accounts, ct);
        var ratio = (many.Processor + many.DatabaseProcessor) / many.Figures.Count / ((few.Processor + few.DatabaseProcessor) / few.Figures.Count);
        return
        [
            few.Row(key, $"approve, {Few:N0} accounts, {store.Name}"),
            many.Row(key + "-many", $"approve, {effort.Accounts:N0} accounts, {effort.Platforms:N0} platforms, {effort.Accounts * 3:N0} devices, {store.Name}") with
            {
                Ratio = ratio, Target = $"processor ≤ {MostDearer:0.00} of few", IsMet = ratio <= MostDearer, Note = FormattableString.Invariant($"{store.Size() / 1e6:N0} MB on disk"),
            },
        ];
    }

    private static async Task<Metered> Measure(Installation installation, Effort effort, long among, CancellationToken ct)
    {
        var (warm, count) = (effort.Warm / 2, effort.Count / 2);
        var people = People.WithPhones(installation.Store, warm + count, among);
        installation.Store.Look();
        await using var server = await installation.Serve();
        var ground = new Ground(installation, server, people);
        var approvals = ground.Approvals(warm + count);
        await Meter.Warm(server, approvals[..warm], ct);
        var metered = await Meter.Run(server, installation.Store, () => Task.FromResult(Load.Run(server.Port, Effort.Connections, approvals[warm..], ct: ct)));
        metered.Figures.Whole("Growth");
        return metered;
    }
}
