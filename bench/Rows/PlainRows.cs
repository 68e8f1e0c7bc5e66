using Gapura.Bench.Driving;
using Gapura.Bench.Report;
using Gapura.Bench.Running;

namespace Gapura.Bench.Rows;

/// <summary>Requests that may be sent again and again, by wrk, beside the same kind of request to bare Kestrel.</summary>
internal sealed class PlainRows(Effort effort) : IAsyncDisposable
{
    private static readonly byte[][] Gets = [Http.Get("/echo")];
    private static readonly byte[][] Posts = [.. Enumerable.Range(0, 1_000).Select(_ => Http.Json("/echo", $$"""{"clientId":"{{Installation.ClientId}}","nonce":"{{Ground.NewNonce()}}"}"""))];
    private Measured? _bare;

    public async Task<IReadOnlyList<Row>> Echo(CancellationToken ct)
    {
        var port = Measured.FreePort();
        _bare = await Measured.Start(typeof(PlainRows).Assembly.Location, port, "bare", "--port", $"{port}");
        var get = await Wrk("echo-get", "bare Kestrel: GET JSON", _bare, Gets, ct);
        var post = await Wrk("echo-post", "bare Kestrel: POST JSON echo", _bare, Posts, ct);
        await Meter.Warm(_bare, [.. Enumerable.Range(0, effort.Warm).Select(i => Posts[i % Posts.Length])], ct);
        var ours = await Meter.Run(_bare, null, () => Task.FromResult(Load.Run(port, Effort.Connections, [.. Enumerable.Range(0, effort.Count * 2).Select(i => Posts[i % Posts.Length])], ct: ct)));
        return [get, post, ours.Row("echo-driver", "the same by our own driver")];
    }

    public async Task<IReadOnlyList<Row>> Of(Ground ground, Func<string, bool> isWanted, CancellationToken ct)
    {
        List<Row> rows = [];
        if (isWanted("open")) await Add("open", "POST /v1/qrAuth", [.. Enumerable.Range(0, 10_000).Select(_ => Ground.Open(Ground.NewNonce()))], Posts, 0.60);
        if (isWanted("ticket")) await Add("ticket", "GET /V1/NLE/AuthApiKey", [Http.Get("/V1/NLE/AuthApiKey", ground.KeyHeader)], Gets, 0.60);
        if (isWanted("introspect")) await Add("introspect", "POST /oauth/introspect", Introspections(ground), Posts, 0.50);
        if (isWanted("discovery")) await Add("discovery", "GET /.well-known/openid-configuration", [Http.Get("/.well-known/openid-configuration")], Gets, 0.50);
        if (isWanted("jwks")) await Add("jwks", "GET /.well-known/jwks.json", [Http.Get("/.well-known/jwks.json")], Gets, 0.50);
        return rows;

        // The processors of a virtual machine change their speed within minutes: the echo is measured just before a row and just after it.
        async Task Add(string key, string name, IReadOnlyList<byte[]> requests, byte[][] echo, double target)
        {
            await Meter.Warm(ground.Server, requests, effort.WarmSeconds, ct);
            var before = await Bare(echo, ct);
            var row = await Measure(key, name, ground.Server, requests, ct);
            var bare = (before + await Bare(echo, ct)) / 2;
            var ratio = Undisturbed(row) / bare;
            rows.Add(row with { Ratio = ratio, Target = $"≥ {target:0.00} of echo", IsMet = ratio >= target, Note = FormattableString.Invariant($"the echo just before and just after: {bare:N0} /s") });
        }
    }

    public ValueTask DisposeAsync() => _bare?.DisposeAsync() ?? ValueTask.CompletedTask;

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
        return await Measure(key, name, server, requests, ct);
    }

    private async Task<Row> Measure(string key, string name, Measured server, IReadOnlyList<byte[]> requests, CancellationToken ct)
    {
        var metered = await Meter.Run(server, null, () => Driving.Wrk.Run(server.Port, Effort.Connections, effort.Seconds, requests, ct));
        metered.Figures.Whole(name);
        return metered.Row(key, name);
    }

    private async Task<double> Bare(byte[][] requests, CancellationToken ct) => Undisturbed(await Measure("echo", "the echo once more", _bare!, requests, ct));

    // What strangers took of the machine meanwhile was not there to answer with. On a quiet machine this changes nothing.
    private static double Undisturbed(Row row) => row.PerSecond!.Value / (1 - row.Others!.Value);
}
