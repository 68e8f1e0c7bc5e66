using Gapura.Audit;
using Gapura.Tests.Authenticator;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Sessions;

/// <summary>A person calls a phone by another name; what happens to phones is written down.</summary>
public abstract class DeviceRenameContract : IAsyncLifetime
{
    private readonly GapuraServer _server;
    private readonly Browser _browser;

    private protected DeviceRenameContract(GapuraServer server) => (_server, _browser) = (server, new Browser(server) { Accept = "application/json" });

    public async ValueTask InitializeAsync() => (await _browser.SignIn()).IsSeeOther("/account");

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_phone_is_called_by_its_new_name()
    {
        using var phone = new Phone();
        var id = await _server.Enrol(_server.Account, phone);
        (await Rename(id, " HP kantör ")).Is(200, $$"""{"id":"{{id}}","name":"HP kantör","publicKey":"{{phone.PublicKey}}","enrolledAt":{{_server.Clock.Now.ToUnixTimeSeconds()}}}""");
        Assert.Equal("HP kantör", (await _browser.Get("/v1/devices")).Json.EnumerateArray().Single(d => d.Text("id") == id).Text("name"));
    }

    [Fact]
    public async Task A_name_has_its_form()
    {
        foreach (var name in (string[])["", "   ", new string('n', 65), "a\0b", "a\nb"])
            (await Rename(_server.DeviceId, name)).IsRefused("invalid_request", "name must be a text of 1 to 64 characters.");
        (await _browser.SendJson(HttpMethod.Patch, $"/v1/devices/{_server.DeviceId}", new { })).IsRefused("invalid_request");
    }

    [Fact]
    public async Task Nobody_renames_anothers_phone_or_one_that_is_no_more()
    {
        using Phone foreign = new(), lost = new();
        var theirs = await _server.Enrol(await _server.AddAccount("orang" + Gapura.Kernel.PublicId.New(TimeProvider.System)), foreign);
        var gone = await _server.Enrol(_server.Account, lost);
        Assert.Equal(204, (await _browser.Send(HttpMethod.Delete, $"/v1/devices/{gone}", null, null)).Status);
        foreach (var id in (string[])[theirs, gone, "x"]) (await Rename(id, "milik saya")).IsRefused("not_found", 404);
        _browser.FetchSite = "cross-site";
        (await Rename(_server.DeviceId, "x")).IsRefused("foreign_form", 403);
        (await new Browser(_server).SendJson(HttpMethod.Patch, $"/v1/devices/{_server.DeviceId}", new { name = "x" })).IsRefused("not_signed_in", 401);
    }

    [Fact]
    public async Task Enrolment_renaming_and_revocation_are_written_down_with_whose_hand_it_was()
    {
        using var phone = new Phone();
        var id = await _server.Enrol(_server.Account, phone);
        await Rename(id, "Baru");
        var own = new Browser(_server) { Accept = "application/json" };
        (await own.OpenPhone(phone)).IsOk();
        Assert.Equal(204, (await own.Send(HttpMethod.Delete, $"/v1/devices/{id}", null, null)).Status);
        var entries = (await _server.Get<AuditLog>().Last(_server.Account.Id, 1000, TestContext.Current.CancellationToken)).Where(e => e.DeviceId == id).Select(e => (e.Action, e.Actor, e.Network));
        Assert.Equal(
            [(AuditAction.DeviceEnrolled, "operator", null), (AuditAction.DeviceRenamed, "account", "127.0.0.0/8"), (AuditAction.DeviceRevoked, "device", "127.0.0.0/8")],
            entries.OrderBy(e => e.Action, StringComparer.Ordinal));
    }

    private Task<Reply> Rename(string id, string name) => _browser.SendJson(HttpMethod.Patch, $"/v1/devices/{id}", new { name });
}

public sealed class DeviceRenameOnSqlite(ServerOn<SqliteStore> on) : DeviceRenameContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class DeviceRenameOnPostgres(ServerOn<PostgresStore> on) : DeviceRenameContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;
