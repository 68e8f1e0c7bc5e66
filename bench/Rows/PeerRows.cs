using System.Text;
using Gapura.Bench.Driving;
using Gapura.Bench.Report;
using Gapura.Bench.Running;
using Gapura.Bench.Stores;

namespace Gapura.Bench.Rows;

/// <summary>Programs of the same kind, driven in the same way on the same machine. What each leaves out is said beside its figure.</summary>
internal static class PeerRows
{
    private const string Nothing = "in memory only, nothing durable; one process of Node, one thread";

    private static readonly string[] Nearest = ["discovery", "jwks", "introspect", "refresh", "code", "refresh-pg", "code-pg", "password"];

    /// <param name="ours">Our own rows of this run: the nearest of them stands first.</param>
    public static async Task<IReadOnlyList<Row>> Of(Effort effort, IReadOnlyList<Row> ours, CancellationToken ct)
    {
        List<Row> rows = [.. Nearest.Select(key => ours.FirstOrDefault(r => r.Key == key)).OfType<Row>().Select(Ours)];
        rows.AddRange(await OfOidcProvider(effort, ct));
        rows.AddRange(await OfBetterAuth(effort, ct));
        return rows;
    }

    private static async Task<IReadOnlyList<Row>> OfOidcProvider(Effort effort, CancellationToken ct)
    {
        var (warm, count) = (2_000, effort.Count / 4);
        await using var peer = await Peer.Start("oidc-provider", warm + count);
        var basic = $"Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes("bench:bench-secret"))}\r\n";
        return
        [
            await Again(peer, effort, "discovery", "the document, made anew for each request", [Http.Get("/.well-known/openid-configuration")], ct),
            await Again(peer, effort, "JWKS", "", [Http.Get("/jwks")], ct),
            await Again(peer, effort, "introspection of an opaque token", "a look-up in a map: no signature verified; " + Nothing, [.. peer.Seeded("tokens").Select(t => Http.Form("/token/introspection", "token=" + t, basic))], ct),
            await Once(peer, warm, "refresh token", "rotates; an opaque access token and an ES256 ID token; " + Nothing, [.. peer.Seeded("refresh").Select(t => Http.Form("/token", "grant_type=refresh_token&refresh_token=" + t, basic))], ct),
            await Once(peer, warm, "code exchange (PKCE, ES256 ID token, refresh token)", "an opaque access token and an ES256 ID token; " + Nothing,
                [.. peer.Seeded("codes").Select(c => Http.Form("/token", $"grant_type=authorization_code&code={c}&redirect_uri={Uri.EscapeDataString(Tokens.RedirectUri)}&code_verifier={Tokens.Verifier}", basic))], ct),
        ];
    }

    private static async Task<IReadOnlyList<Row>> OfBetterAuth(Effort effort, CancellationToken ct)
    {
        const int People = 50;
        await using var peer = await Peer.Start("better-auth", People);
        byte[][] With(string path) => [.. peer.Seeded("cookies").Select(c => Http.Get("/api/auth/" + path, $"Cookie: {c}\r\n"))];
        var signIns = Enumerable.Range(0, 10 * effort.Seconds).Select(i => Http.Json("/api/auth/sign-in/email", $$"""{"email":"orang{{i % People}}@bench.example","password":"{{Installation.Password}}"}""")).ToArray();
        return
        [
            await Again(peer, effort, "who is signed in (get-session)", "a look-up in an array of " + People + "; " + Nothing, With("get-session"), ct),
            await Again(peer, effort, "a JWT for a session (ES256)", "no refresh token is rotated; " + Nothing, With("token"), ct),
            await Again(peer, effort, "JWKS", "", [Http.Get("/api/auth/jwks")], ct),
            await Once(peer, signIns.Length / 5, "password sign-in", "scrypt (N 16384, r 16: 32 MiB), not Argon2id; " + Nothing, signIns, ct),
        ];
    }

    private static async Task<Row> Again(Peer peer, Effort effort, string what, string lacks, IReadOnlyList<byte[]> requests, CancellationToken ct)
    {
        (await Wrk.Run(peer.Server.Port, Effort.Connections, effort.WarmSeconds, requests, ct)).Whole(what);
        var metered = await Meter.Run(peer.Server, null, () => Wrk.Run(peer.Server.Port, Effort.Connections, effort.Seconds, requests, ct));
        metered.Figures.Whole(what);
        return Row(peer, metered, what, lacks);
    }

    private static async Task<Row> Once(Peer peer, int warm, string what, string lacks, byte[][] requests, CancellationToken ct)
    {
        Load.Run(peer.Server.Port, Effort.Connections, requests[..warm], ct: ct).Whole(what);
        var metered = await Meter.Run(peer.Server, null, () => Task.FromResult(Load.Run(peer.Server.Port, Effort.Connections, requests[warm..], ct: ct)));
        metered.Figures.Whole(what);
        return Row(peer, metered, what, lacks);
    }

    private static Row Row(Peer peer, Metered metered, string what, string lacks) =>
        metered.Row("peer", $"{peer.Name}: {what}") with { Allocated = null, Note = lacks.Length > 0 ? lacks : null };

    private static Row Ours(Row row) => row with { Name = "Gapura: " + row.Name, Ratio = null, Target = "", IsMet = null, Note = null };
}
