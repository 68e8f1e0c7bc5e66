using System.Diagnostics;
using Gapura.Hosting;
using Gapura.Hosting.Commands;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;
using static Gapura.Tests.SeamlessLogin.SeamlessSteps;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>An operator at another process's command line revokes; the running server obeys within a second of real time.</summary>
public abstract class RevocationInTime(Store store) : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);
    private GapuraServer _server = null!;
    private string _database = "";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Stranger.Needs(store.WhyNot is null, store.WhyNot ?? "");
        _database = await store.Fresh();
        _server = await GapuraServer.Start(("Database", _database));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_revoked_key_fetches_no_ticket_and_its_tickets_open_nothing()
    {
        var (ticket, browser) = (await _server.Ticket(), new Browser(_server));
        var page = (await browser.OpenPopup(ticket)).IsPage("Sign in to");
        await Obeyed(["api-key", "revoke", _server.ApiKey.Split('_')[1]], async () => (await _server.Get("/V1/NLE/AuthApiKey", ("beacukai-api-key", _server.ApiKey))).Status == 403);
        (await _server.Get("/V1/NLE/AuthApiKey", ("beacukai-api-key", _server.ApiKey))).Is(403, NotValid);
        (await _server.Get($"/seamlesslogin/?token={ticket}")).Is(403, NotValid);
        (await browser.SignInAt(page)).IsPage("no longer valid", 403);
        await _server.Ticket(_server.OtherApiKey);
    }

    [Fact]
    public async Task A_disabled_platform_is_out()
    {
        await Obeyed(["platform", "disable", GapuraServer.ClientId], async () => (await _server.Get("/V1/NLE/AuthApiKey", ("beacukai-api-key", _server.ApiKey))).Status == 403);
        (await _server.Post("/v1/qrAuth", """{"clientId":"client-1","nonce":"12345678"}""")).IsRefused("invalid_client");
        await Obeyed(["platform", "enable", GapuraServer.ClientId], async () => (await _server.Get("/V1/NLE/AuthApiKey", ("beacukai-api-key", _server.ApiKey))).Status == 200);
    }

    // In-process, with its own connection to the database and the system's clock: to the server it is another program.
    private async Task Obeyed(string[] command, Func<Task<bool>> isObeyed)
    {
        using StringWriter output = new(), error = new();
        await File.WriteAllTextAsync(Path.Combine(_server.Data, "gapura.json"), System.Text.Json.JsonSerializer.Serialize(new { Database = _database }), Ct);
        var code = await GapuraCommandLine.RunAsync([.. command, "--data", _server.Data], new Terminal(output, error), TimeProvider.System, Ct);
        Assert.True(code == 0, error.ToString());
        var since = Stopwatch.StartNew();
        while (!await isObeyed())
        {
            Assert.True(since.Elapsed < Promised, $"Not obeyed after {since.Elapsed}.");
            await Task.Delay(20, Ct);
        }
    }
}

public sealed class RevocationInTimeOnSqlite(SqliteStore store) : RevocationInTime(store), IClassFixture<SqliteStore>;

public sealed class RevocationInTimeOnPostgres(PostgresStore store) : RevocationInTime(store), IClassFixture<PostgresStore>;
