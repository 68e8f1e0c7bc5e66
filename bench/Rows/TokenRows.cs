using Gapura.Bench.Driving;
using Gapura.Bench.Report;
using Gapura.Bench.Running;
using Gapura.Bench.Stores;

namespace Gapura.Bench.Rows;

/// <summary>The token endpoint: every token and every code in the list is a real one, and spent.</summary>
internal static class TokenRows
{
    private const double Target = 8_000;

    // More than that, and a million rotations are not flat.
    private const double MostGrowth = 50;

    public static async Task<Row> Refresh(Ground ground, Effort effort, string key, bool hasTarget, CancellationToken ct)
    {
        var name = $"refresh token, {ground.Store.Name}, durable";
        var row = await Run(ground, Rotations(ground, effort.Warm + effort.Rotations), effort.Warm, key, name, hasTarget, ct);
        var before = row.Before;
        var grown = row.Row.Megabytes!.Value - before;
        return row.Row with
        {
            IsMet = row.Row.IsMet is null ? null : row.Row.IsMet.Value && grown <= MostGrowth,
            Target = hasTarget ? row.Row.Target + $", memory +≤ {MostGrowth:0} MB" : "",
            Note = FormattableString.Invariant($"{effort.Rotations:N0} rotations: memory from {before:0} to {row.Row.Megabytes:0} MB"),
        };
    }

    public static async Task<Row> Code(Ground ground, Effort effort, string key, bool hasTarget, CancellationToken ct)
    {
        var (row, _) = await Run(ground, Exchanges(ground, effort.Warm + effort.Count), effort.Warm, key, $"code exchange (PKCE, ES256 ID token, refresh token), {ground.Store.Name}, durable", hasTarget, ct);
        return row;
    }

    public static byte[][] Rotations(Ground ground, int count) => [.. Tokens.Refreshable(ground.Store, ground.People, count).Select(Ground.Refresh)];

    public static byte[][] Exchanges(Ground ground, int count) =>
    [
        .. Tokens.Codes(ground.Store, ground.People, count).Select(code => Http.Form("/oauth/token",
            $"grant_type=authorization_code&client_id={Installation.ClientId}&code={code}&redirect_uri={Uri.EscapeDataString(Tokens.RedirectUri)}&code_verifier={Tokens.Verifier}", ground.KeyHeader)),
    ];

    private static async Task<(Row Row, double Before)> Run(Ground ground, byte[][] requests, int warm, string key, string name, bool hasTarget, CancellationToken ct)
    {
        await Meter.Warm(ground.Server, requests[..warm], ct);
        var before = ground.Server.Megabytes;
        var (size, log, commits) = (ground.Store.Size(), ground.Store.LogBytes(), ground.Store.Commits());
        var metered = await Meter.Run(ground.Server, ground.Store, () => Task.FromResult(Load.Run(ground.Server.Port, Effort.Connections, requests[warm..], ct: ct)));
        var figures = metered.Figures.Whole(name);
        var count = (double)figures.Count;
        var row = metered.Row(key, name) with { LogBytes = (ground.Store.LogBytes() - log) / count, Commits = (ground.Store.Commits() - commits) / count, DiskBytes = (ground.Store.Size() - size) / count };
        return (row with { Target = hasTarget ? $"≥ {Target:N0} /s" : "", IsMet = hasTarget ? figures.PerSecond >= Target : null }, before);
    }
}
