using Gapura.Bench.Driving;
using Gapura.Bench.Limits;
using Gapura.Bench.Report;

namespace Gapura.Bench.Rows;

/// <summary>
/// A phone says yes: one signature is verified, one made, five rows are durable. Beside the limit of the three parts no such
/// answer can do without, on the processors that neither the load nor strangers took while it ran.
/// </summary>
internal static class AuthenticateRow
{
    public static async Task<Row> Of(Ground ground, Parts parts, Effort effort, string key, double target, CancellationToken ct)
    {
        var name = $"POST /v1/authenticate, {ground.Store.Name}, durable";
        await Meter.Warm(ground.Server, ground.Approvals(effort.Warm), ct);
        var approvals = ground.Approvals(effort.Count, effort.Warm);
        var metered = await Meter.Run(ground.Server, ground.Store, () => Task.FromResult(Load.Run(ground.Server.Port, Effort.Connections, approvals, ct: ct)));
        metered.Figures.Whole(name);
        var limit = metered.Available * 1e6 / parts.Processor;
        var ratio = metered.Figures.PerSecond / limit;
        return metered.Row(key, name) with
        {
            Ratio = ratio,
            Target = $"≥ {target:0.00} of the limit",
            IsMet = ratio >= target,
            Note = FormattableString.Invariant($"limit {limit:N0} /s = {metered.Available:0.00} processors left by the load ÷ {parts.Processor:0.0} µs"),
        };
    }
}
