using System.Security.Cryptography;
using Gapura.Bench.Driving;
using Gapura.Bench.Running;
using Gapura.Bench.Stores;

namespace Gapura.Bench.Rows;

/// <summary>What several rows stand on: a running server, its store, and people whose phones sign.</summary>
internal sealed record Ground(Installation Installation, Measured Server, IReadOnlyList<Person> People) : IAsyncDisposable
{
    // What a browser says of itself: the server reads it whenever a code is opened.
    private const string Browser = "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36\r\n";

    public Store Store => Installation.Store;

    public string KeyHeader => $"beacukai-api-key: {Installation.ApiKey}\r\n";

    /// <param name="environment">Of the server's process, beside the usual.</param>
    public static async Task<Ground> On(Store store, int people, bool isGauged = true, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var installation = await Installation.Make(store);
        var known = Stores.People.WithPhones(store, people);
        return new Ground(installation, await installation.Serve(isGauged, environment), known);
    }

    public static string NewNonce() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static byte[] Open(string nonce) => Http.Json("/v1/qrAuth", $$"""{"clientId":"{{Installation.ClientId}}","nonce":"{{nonce}}"}""", Browser);

    public static byte[] Scan(string sessionId, Phone phone) => Http.Json("/v1/qrAuth/scan", Signed(sessionId, phone, "nu.id.scan:1:" + sessionId));

    public static byte[] Approve(string sessionId, Phone phone, string nonce) => Http.Json("/v1/authenticate", Signed(sessionId, phone, sessionId)[..^1] + $",\"nonce\":\"{nonce}\"}}");

    public static byte[] Refresh(string token) => Http.Form("/oauth/token", $"grant_type=refresh_token&client_id={Installation.ClientId}&refresh_token={token}");

    /// <summary>Opens as many codes as there are nonces.</summary>
    public string[] Opened(IReadOnlyList<string> nonces)
    {
        var sessions = new string[nonces.Count];
        Load.Run(Server.Port, Effort.Connections, [.. nonces.Select(Open)], (i, _, body) => sessions[i] = Answer.Member(body, "sessionId") ?? "").Whole("Opening codes");
        return sessions;
    }

    /// <summary>Approvals that were signed before anything is measured, each by the next of the people.</summary>
    public byte[][] Approvals(int count, int from = 0)
    {
        string[] nonces = [.. Enumerable.Range(0, count).Select(_ => NewNonce())];
        return [.. Opened(nonces).Select((session, i) => Approve(session, People[(from + i) % People.Count].Phone, nonces[i]))];
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Installation.DisposeAsync();
    }

    private static string Signed(string sessionId, Phone phone, string text) => $$"""{"sessionId":"{{sessionId}}","signature":"{{phone.Sign(text)}}","publicKey":"{{phone.PublicKey}}"}""";
}
