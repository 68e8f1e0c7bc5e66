using Gapura.Bench.Driving;
using Gapura.Bench.Rows;

namespace Gapura.Bench.Profiling;

/// <summary>So many requests of one row, each of which may be shown once.</summary>
internal static class Loads
{
    private static readonly Dictionary<string, Func<Ground, int, byte[][]>> Known = new(StringComparer.Ordinal)
    {
        ["open"] = (_, count) => [.. Enumerable.Range(0, count).Select(_ => Ground.Open(Ground.NewNonce()))],
        ["ticket"] = (ground, count) => Again(count, Http.Get("/V1/NLE/AuthApiKey", ground.KeyHeader)),
        ["introspect"] = (ground, count) => Again(count, PlainRows.Introspections(ground)),
        ["discovery"] = (_, count) => Again(count, Http.Get("/.well-known/openid-configuration")),
        ["jwks"] = (_, count) => Again(count, Http.Get("/.well-known/jwks.json")),
        ["scan"] = (ground, count) => [.. ground.Opened([.. Enumerable.Range(0, count).Select(_ => Ground.NewNonce())]).Select((s, i) => Ground.Scan(s, ground.People[i % ground.People.Count].Phone))],
        ["authenticate"] = (ground, count) => ground.Approvals(count),
        ["collect"] = Collections,
        ["refresh"] = TokenRows.Rotations,
        ["code"] = TokenRows.Exchanges,
        ["password"] = (ground, count) => PasswordRows.SignIns(ground, count, 0),
    };

    public static IReadOnlyCollection<string> Keys => Known.Keys;

    public static byte[][] Of(string key, Ground ground, int count) => Known[key](ground, count);

    // What was approved, fetched by the screens that opened it.
    private static byte[][] Collections(Ground ground, int count)
    {
        string[] nonces = [.. Enumerable.Range(0, count).Select(_ => Ground.NewNonce())];
        var approvals = ground.Opened(nonces).Select((session, i) => Ground.Approve(session, ground.People[i % ground.People.Count].Phone, nonces[i])).ToArray();
        Load.Run(ground.Server.Port, Effort.Connections, approvals).Whole("Approving");
        return [.. nonces.Select(Ground.Open)];
    }

    private static byte[][] Again(int count, params byte[][] few) => [.. Enumerable.Range(0, count).Select(i => few[i % few.Length])];
}
