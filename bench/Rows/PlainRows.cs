using Gapura.Bench.Driving;
using Gapura.Bench.Report;
using Gapura.Bench.Running;

namespace Gapura.Bench.Rows;

/// <summary>Requests that may be sent again and again, by wrk, beside the same kind of request to bare Kestrel.</summary>
internal sealed class PlainRows(Effort effort)
{
    private double _get = double.NaN;
    private double _post = double.NaN;

    public async Task<IReadOnlyList<Row>> Echo(CancellationToken ct)
    {
        var port = Measured.FreePort();
        await using var bare = await Measured.Start(typeof(PlainRows).Assembly.Location, port, "bare", "--port", $"{port}");
        var get = await Wrk("echo-get", "bare Kestrel: GET JSON", bare, [Http.Get("/echo")], ct);
        byte[][] bodies = [.. Enumerable.Range(0, 1_000).Select(_ => Http.Json("/echo", $$"""{"clientId":"{{Installation.ClientId}}","nonce":"{{Ground.NewNonce()}}"}"""))];
        var post = await Wrk("echo-post", "bare Kestrel: POST JSON echo", bare, bodies, ct);
        (_get, _post) = (Undisturbed(get), Undisturbed(post));
        await Meter.Warm(bare, [.. Enumerable.Range(0, effort.Warm).Select(i => bodies[i % bodies.Length])], ct);
        var ours = await Meter.Run(bare, null, () => Task.FromResult(Load.Run(port, Effort.Connections, [.. Enumerable.Range(0, effort.Count * 2).Select(i => bodies[i % bodies.Length])], ct: ct)));
        return [get, post, ours.Row("echo-driver", "the same by our own driver")];
    }

    public async Task<IReadOnlyList<Row>> Of(Ground ground, Func<string, bool> isWanted, CancellationToken ct)
    {
        List<Row> rows = [];
        if (isWanted("open")) rows.Add(Beside(await Wrk("open", "POST /v1/qrAuth", ground.Server, [.. Enumerable.Range(0, 10_000).Select(_ => Ground.Open(Ground.NewNonce()))], ct), _post, 0.60));
        if (isWanted("ticket")) rows.Add(Beside(await Wrk("ticket", "GET /V1/NLE/AuthApiKey", ground.Server, [Http.Get("/V1/NLE/AuthApiKey", ground.KeyHeader)], ct), _get, 0.60));
        if (isWanted("introspect")) rows.Add(Beside(await Wrk("introspect", "POST /oauth/introspect", ground.Server, Introspections(ground), ct), _post, 0.50));
        if (isWanted("discovery")) rows.Add(Beside(await Wrk("discovery", "GET /.well-known/openid-configuration", ground.Server, [Http.Get("/.well-known/openid-configuration")], ct), _get, 0.50));
        if (isWanted("jwks")) rows.Add(Beside(await Wrk("jwks", "GET /.well-known/jwks.json", ground.Server, [Http.Get("/.well-known/jwks.json")], ct), _get, 0.50));
        return rows;
    }

    /// <summary>A thousand people's access tokens, asked about by their platform.</summary>
    public static byte[][] Introspections(Ground ground)
    {
        var approvals = ground.Approvals(1_000);
        var tokens = new string[approvals.Length];
        Load.Run(ground.Server.Port, Effort.Connections, approvals, (i, _, body) => tokens[i] = Answer.Member(body, "accessToken") ?? "").Whole("Approving");
        return [.. tokens.Select(t => Http.Form("/oauth/introspect", "token=" + t, ground.KeyHeader))];
    }

    private async Task<Row> Wrk(string key, string name, Measured server, IReadOnlyList<byte[]> requests, CancellationToken ct)
    {
        await Meter.Warm(server, requests, effort.WarmSeconds, ct);
        var metered = await Meter.Run(server, null, () => Driving.Wrk.Run(server.Port, Effort.Connections, effort.Seconds, requests, ct));
        metered.Figures.Whole(name);
        return metered.Row(key, name);
    }

    private static Row Beside(Row row, double bare, double target) => row with
    {
        Ratio = Undisturbed(row) / bare,
        Target = $"≥ {target:0.00} of echo",
        IsMet = Undisturbed(row) / bare >= target,
    };

    // What strangers took of the machine meanwhile was not there to answer with. On a quiet machine this changes nothing.
    private static double Undisturbed(Row row) => row.PerSecond!.Value / (1 - row.Others!.Value);
}
