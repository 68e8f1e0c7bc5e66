using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Gapura.Storage;
using Gapura.Tests.Storage;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>The waiting screen is told, by a stream any EventSource reads.</summary>
public sealed class QrEventsTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_change_is_told_as_it_happens()
    {
        var screen = new LiveScreen(server) { UserAgent = "curl/8" };
        using var http = new HttpClient();
        using var events = await Listen(http, screen);
        Assert.Equal("text/event-stream", events.Type);
        Assert.Equal("""{"state":"waiting"}""", await events.Next());

        var sessionId = await screen.Open();
        var code = (await server.Scan(sessionId)).IsOk().Json.GetProperty("code").GetString()!;
        var scanned = JsonDocument.Parse(await events.Next()).RootElement;
        Assert.Equal(["state", "sessionId", "expires", "by", "confirmation", "triesLeft"], scanned.EnumerateObject().Select(m => m.Name));
        Assert.Equal("C••• J•••", scanned.GetProperty("by").GetString());

        await screen.Type(sessionId, code == "0000" ? "0001" : "0000");
        Assert.Contains("\"triesLeft\":2", await events.Next(), StringComparison.Ordinal);
        (await screen.Type(sessionId, code)).IsOk();
        Assert.StartsWith("{\"state\":\"confirmed\",", await events.Next(), StringComparison.Ordinal);
        (await server.Approve(sessionId)).IsOk();
        Assert.Equal($$"""{"state":"approved","sessionId":"{{sessionId}}"}""", await events.Next());
        await screen.Collect(sessionId);
        Assert.Equal("""{"state":"collected"}""", await events.Next());
        Assert.Null(await events.TryNext());
    }

    [Fact]
    public async Task Before_the_approval_the_screen_learns_no_more_than_a_hint()
    {
        var screen = new LiveScreen(server) { UserAgent = "curl/8" };
        (await server.Scan(await screen.Open())).IsOk();
        var told = (await screen.State()).GetRawText();
        foreach (var secret in (string[])["Coba Jualan", GapuraServer.Username, server.Account.Id, server.DeviceId, "018263453454543"]) Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_is_told_and_the_stream_ends()
    {
        var screen = new LiveScreen(server) { UserAgent = "curl/8" };
        using var http = new HttpClient();
        using var events = await Listen(http, screen);
        var sessionId = await screen.Open();
        (await server.Scan(sessionId)).IsOk();
        (await server.Deny(sessionId)).IsOk();
        string? last = null;
        while (await events.TryNext() is { } told) last = told;
        Assert.Equal("""{"state":"denied","reason":"declined"}""", last);
    }

    [Fact]
    public async Task Whoever_comes_back_hears_the_state_of_now_at_once()
    {
        var screen = new LiveScreen(server) { UserAgent = "curl/8" };
        (await server.Scan(await screen.Open())).IsOk();
        using var http = new HttpClient();
        using var events = await Listen(http, screen);
        Assert.StartsWith("{\"state\":\"scanned\"", await events.Next(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_with_the_code_alone_hears_nothing()
    {
        var screen = new LiveScreen(server) { UserAgent = "curl/8" };
        var sessionId = await screen.Open();
        (await server.Scan(sessionId)).IsOk();
        Assert.Equal("waiting", await new LiveScreen(server).StateWord());
        var accept = ("Accept", "application/json");
        (await server.Get($"/v1/qrAuth/events?clientId={GapuraServer.ClientId}&nonce={Uri.EscapeDataString(sessionId)}", accept)).IsRefused("invalid_request");
        (await server.Get($"/v1/qrAuth/events?clientId={GapuraServer.OtherClientId}&nonce={screen.Nonce}", accept)).Is(200, """{"state":"waiting"}""");
    }

    [Theory]
    [InlineData("?clientId=client-1", "invalid_request")]
    [InlineData("?nonce=1234567890123456789012345678901234567890123", "invalid_request")]
    [InlineData("?clientId=client-1&nonce=short", "invalid_request")]
    [InlineData("?clientId=nobody&nonce=1234567890123456789012345678901234567890123", "invalid_client")]
    public async Task Whoever_asks_wrongly_is_told_so(string query, string code) => (await server.Get("/v1/qrAuth/events" + query)).IsRefused(code);

    [Fact]
    public async Task A_documented_nonce_is_never_asked_for_in_an_address() =>
        (await server.Get($"/v1/qrAuth/events?clientId={GapuraServer.ClientId}&nonce={NewNonce()}")).IsRefused("invalid_request");

    [Fact]
    public async Task Only_GET_is_allowed() => Assert.Equal("GET", (await server.Post("/v1/qrAuth/events", "{}")).IsRefused("method_not_allowed", 405)["Allow"]);

    [Fact]
    public async Task A_screen_that_goes_leaves_no_bell_behind()
    {
        await using var own = await GapuraServer.Start();
        var bells = own.Get<Bells>();
        using (var http = new HttpClient())
        {
            for (var i = 0; i < 20; i++) (await Listen(http, new LiveScreen(own), own)).Dispose();
        }

        var patience = Stopwatch.StartNew();
        while (bells.Count > 0 && patience.Elapsed < TimeSpan.FromSeconds(20)) await Task.Delay(20, Ct);
        Assert.Equal(0, bells.Count);
    }

    [Fact]
    public async Task When_too_many_wait_the_next_one_is_asked_to_ask_by_itself()
    {
        await using var own = await GapuraServer.Start(("QrAuth:MostWaiting", "2"));
        using var http = new HttpClient();
        using var first = await Listen(http, new LiveScreen(own), own);
        using var second = await Listen(http, new LiveScreen(own), own);
        var third = new LiveScreen(own);
        var refused = (await own.Get($"/v1/qrAuth/events?clientId={GapuraServer.ClientId}&nonce={third.Nonce}", ("Accept", "text/event-stream"))).IsRefused("too_many_waiting", 503);
        Assert.Equal("5", refused["Retry-After"]);
        Assert.Equal("waiting", await third.StateWord());
    }

    private Task<EventStream> Listen(HttpClient http, LiveScreen screen, GapuraServer? at = null) =>
        EventStream.Open(http, new Uri((at ?? server).Address, $"/v1/qrAuth/events?clientId={GapuraServer.ClientId}&nonce={screen.Nonce}"), Ct);
}

/// <summary>A waiting screen is a bell, not a question.</summary>
public sealed class QrEventsOnPostgres(ServerOn<PostgresStore> on) : IClassFixture<ServerOn<PostgresStore>>
{
    private static readonly TimeSpan While = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Screens_that_wait_ask_the_database_nothing()
    {
        var server = on.Server;
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000 });
        List<EventStream> waiting = [];
        for (var i = 0; i < 300; i++)
            waiting.Add(await EventStream.Open(http, new Uri(server.Address, $"/v1/qrAuth/events?clientId={GapuraServer.ClientId}&nonce={new LiveScreen(server).Nonce}"), TestContext.Current.CancellationToken));
        Assert.Equal(300, server.Get<Bells>().Count);
        var before = await Transactions(server);
        await Task.Delay(While, TestContext.Current.CancellationToken);

        // The watch of the node itself looks four times a second, whoever waits.
        Assert.InRange(await Transactions(server) - before, 0, 250);
        foreach (var one in waiting) one.Dispose();
    }

    private static Task<long> Transactions(GapuraServer server) => server.Database.Read(async sql =>
    {
        // PostgreSQL's own counters are flushed by each connection about once a second.
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        return await sql.Value<long>("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()");
    }, TestContext.Current.CancellationToken);
}

/// <summary>Reads server-sent events as the standard says (WHATWG HTML 9.2.6), no more of it than is sent.</summary>
internal sealed class EventStream(HttpResponseMessage response, StreamReader reader) : IDisposable
{
    public string? Type => response.Content.Headers.ContentType?.MediaType;

    public static async Task<EventStream> Open(HttpClient http, Uri address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync(ct)));
    }

    /// <returns>The data of the next event <c>state</c>.</returns>
    public async Task<string> Next() => await TryNext() ?? throw new InvalidOperationException("The stream has ended.");

    /// <returns>Null at the end of the stream.</returns>
    public async Task<string?> TryNext()
    {
        string? name = null, data = null;
        while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && name == "state" && data is not null) return data;
        }

        return null;
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
