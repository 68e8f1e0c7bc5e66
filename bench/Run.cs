using System.ComponentModel;
using System.Data.Common;
using Gapura.Bench.Limits;
using Gapura.Bench.Report;
using Gapura.Bench.Rows;
using Gapura.Bench.Stores;

namespace Gapura.Bench;

/// <summary>One run: the rows in their order, each on as fresh a ground as it needs.</summary>
internal sealed class Run(Effort effort, Func<string, bool> isWanted, int postgresPort)
{
    private const int PeopleWithPhones = 5_000;
    private static readonly string[] Plain = ["open", "ticket", "introspect", "discovery", "jwks"];
    private readonly List<Row> _rows = [];
    private readonly List<string> _stores = [];
    private Parts? _parts;

    public static IReadOnlyList<string> Keys { get; } =
        ["echo", .. Plain, "parts", "authenticate", "refresh", "code", "sign-in", "password", "authenticate-pg", "refresh-pg", "code-pg", "sign-in-pg", "tail", "growth", "growth-pg", "remembered", "waiting", "start", "peers"];

    /// <summary>Where the figures are told.</summary>
    public static string Page { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "docs", "performance.md"));

    public async Task<(IReadOnlyList<string> Facts, IReadOnlyList<Row> Rows, IReadOnlyList<Row> Peers)> All(CancellationToken ct)
    {
        var facts = Machine.Facts([]);
        if (isWanted("start")) await Add("start", () => StartRow.Of(ct));
        if (isWanted("parts") || isWanted("authenticate") || isWanted("authenticate-pg")) await Add("parts", () => Task.FromResult<IReadOnlyList<Row>>(PartsRows()));
        await OnSqlite(ct);
        if (Keys.Where(k => IsOfPostgres(k)).Any(isWanted)) await OnPostgres(ct);
        if (isWanted("growth")) await Add("growth", () => GrowthRow.Of(new SqliteStore(), effort, "growth", ct));
        if (isWanted("waiting")) await Add("waiting", async () => [await WaitingRow.Of(ct)]);
        var own = _rows.ToList();
        if (isWanted("peers")) await Add("peers", () => PeerRows.Of(effort, own, ct));
        return ([.. facts, .. _stores], own, _rows[own.Count..]);
    }

    private List<Row> PartsRows()
    {
        _parts = Parts.Measure(effort.Name == "quick" ? 0.5 : 1);
        return
        [
            Part("verification", "one libsecp256k1 verification", _parts.Verification),
            Part("signature", "one ES256 signature", _parts.Signature),
            Part("share", "one share of a group commit (SQLite, 32 sign-ins to a commit)", _parts.CommitShare),
        ];

        static Row Part(string key, string name, Cost cost) => new() { Key = key, Name = name, Processor = cost.Processor, Figure = FormattableString.Invariant($"{cost.Wall:0.0} µs of the clock") };
    }

    private async Task OnSqlite(CancellationToken ct)
    {
        await using var plain = new PlainRows(effort);
        if (isWanted("echo") || Plain.Any(isWanted)) await Add("echo", () => plain.Echo(ct));
        if (!Plain.Concat(["authenticate", "refresh", "code", "sign-in", "password"]).Any(isWanted)) return;
        Say("seeding SQLite");
        await using var ground = await Ground.On(new SqliteStore(), PeopleWithPhones);
        _stores.Add(ground.Store.About);
        if (Plain.Any(isWanted)) await Add("plain", () => plain.Of(ground, isWanted, ct));
        if (isWanted("authenticate")) await Add("authenticate", async () => [await AuthenticateRow.Of(ground, _parts!, effort, "authenticate", 0.60, ct)]);
        if (isWanted("refresh")) await Add("refresh", async () => [await TokenRows.Refresh(ground, effort, "refresh", hasTarget: true, ct)]);
        if (isWanted("code")) await Add("code", async () => [await TokenRows.Code(ground, effort, "code", hasTarget: true, ct)]);
        if (isWanted("sign-in")) await Add("sign-in", async () => [await WholeSignIn.Of(ground, effort, "sign-in", ct)]);
        if (isWanted("password")) await Add("password", () => PasswordRows.Of(ground, effort, ct));
    }

    private async Task OnPostgres(CancellationToken ct)
    {
        Say("starting PostgreSQL");
        using var postgres = PostgresServer.Start(postgresPort);
        if (postgres is null)
        {
            _stores.Add("PostgreSQL is not installed: its rows were left out");
            return;
        }

        if (Keys.Where(k => IsOfPostgres(k) && k is not ("growth-pg" or "remembered")).Any(isWanted))
        {
            await using var ground = await Ground.On(new PostgresStore(postgres), PeopleWithPhones);
            _stores.Add(ground.Store.About);
            if (isWanted("authenticate-pg")) await Add("authenticate-pg", async () => [await AuthenticateRow.Of(ground, _parts!, effort, "authenticate-pg", 0.35, ct)]);
            if (isWanted("refresh-pg")) await Add("refresh-pg", async () => [await TokenRows.Refresh(ground, effort, "refresh-pg", hasTarget: false, ct)]);
            if (isWanted("code-pg")) await Add("code-pg", async () => [await TokenRows.Code(ground, effort, "code-pg", hasTarget: false, ct)]);
            if (isWanted("sign-in-pg")) await Add("sign-in-pg", async () => [await WholeSignIn.Of(ground, effort, "sign-in-pg", ct)]);
            if (isWanted("tail")) await Add("tail", async () => [await NodesRows.Tail(ground, effort, ct)]);
        }

        if (isWanted("growth-pg")) await Add("growth-pg", () => GrowthRow.Of(new PostgresStore(postgres), effort, "growth-pg", ct));
        if (isWanted("remembered")) await Add("remembered", async () => [await NodesRows.Memory(new PostgresStore(postgres), ct)]);
    }

    private static bool IsOfPostgres(string key) => key is "tail" or "remembered" || key.EndsWith("-pg", StringComparison.Ordinal);

    // A row that fails is a line that says so: the others are still worth having.
    private async Task Add(string what, Func<Task<IReadOnlyList<Row>>> rows)
    {
        Say(what);
        try
        {
            foreach (var row in await rows())
            {
                _rows.Add(row);
                Say($"  {Table.Line(row)}");
            }
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or IOException or DbException or Win32Exception)
        {
            _rows.Add(new Row { Key = what, Name = what, Figure = "failed", IsMet = false, Note = e.Message });
        }
    }

    private static void Say(string what) => Console.Error.WriteLine(what);
}
