using Gapura.Accounts;
using Gapura.Platforms;
using Gapura.Tests.QrAuth;
using Gapura.Tests.SeamlessLogin;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Every way a tax number leaves the house is written down before it does, once a day.</summary>
public abstract class NpwpReleasesContract : IAsyncLifetime
{
    private readonly GapuraServer _server;

    private protected NpwpReleasesContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // A day later nothing of the tests before is remembered.
        await _server.Pass(TimeSpan.FromDays(1));
        await Forget();
        if (_server.Get<PlatformRegister>().Active(CodeFlow.ClientId) is null) await CodeFlow.Register(_server);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Of_32_userinfo_calls_at_once_every_one_is_answered_and_one_row_is_written()
    {
        var (_, access) = await Enter("openid npwp");
        var replies = await AtOnce.Run(32, _ => UserInfo(access));
        Assert.All(replies, r => Assert.Equal("018263453454543", r.IsOk().Json.GetProperty("npwp").GetString()));
        Assert.Equal([$"app UserInfo {_server.Clock.Now:s}"], await Rows());
    }

    [Fact]
    public async Task It_is_written_once_a_day_and_the_same_day_asks_the_store_nothing()
    {
        var (_, access) = await Enter("openid npwp");
        (await UserInfo(access)).IsOk();
        await Forget();
        (await UserInfo(access)).IsOk();
        Assert.Empty(await Rows());

        await _server.Pass(TimeSpan.FromDays(1));
        (_, access) = await Enter("openid npwp");
        (await UserInfo(access)).IsOk();
        (await UserInfo(access)).IsOk();
        Assert.Single(await Rows());
    }

    [Fact]
    public async Task Another_node_that_writes_the_same_changes_nothing()
    {
        var (first, second) = (_server.Get<NpwpReleases>(), new NpwpReleases(_server.Database, _server.Clock));
        await first.Note(_server.Account, CodeFlow.ClientId, NpwpWay.UserInfo, Ct);
        var rows = await Rows();
        _server.Clock.Pass(TimeSpan.FromMilliseconds(1));
        await second.Note(_server.Account, CodeFlow.ClientId, NpwpWay.UserInfo, Ct);
        Assert.Equal(rows, await Rows());
    }

    [Fact]
    public async Task What_was_undone_is_not_taken_for_written()
    {
        var releases = _server.Get<NpwpReleases>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => _server.Database.Write(async sql =>
        {
            await releases.Note(sql, _server.Account, CodeFlow.ClientId, NpwpWay.IdToken);
            throw new InvalidOperationException();
        }, Ct));
        Assert.Empty(await Rows());
        await releases.Note(_server.Account, CodeFlow.ClientId, NpwpWay.IdToken, Ct);
        Assert.Single(await Rows());
    }

    [Fact]
    public async Task Without_the_scope_or_without_a_number_there_is_nothing_to_write()
    {
        var (_, access) = await Enter("openid profile");
        (await UserInfo(access)).IsOk();
        var nobody = await _server.AddAccount("tanpa" + QrSteps.NewNonce()[..6].ToLowerInvariant());
        var browser = new Browser(_server);
        (await browser.SignInAt(await browser.OpenPopup(await _server.Ticket()), nobody.Username)).Message();
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task The_popup_writes_it_with_its_message_by_password_by_session_and_by_phone()
    {
        var browser = new Browser(_server);
        (await browser.SignInAt(await browser.OpenPopup(await _server.Ticket()))).Message();
        Assert.Equal([$"client-1 Popup {_server.Clock.Now:s}"], await Rows());

        await _server.Pass(TimeSpan.FromDays(1));
        await Forget();
        await browser.SignIn();
        (await browser.Submit(await browser.OpenPopup(await _server.Ticket()))).Message();
        Assert.Single(await Rows());

        await _server.Pass(TimeSpan.FromDays(1));
        await Forget();
        (await new Browser(_server).Post("/seamlesslogin/phone", ("token", await _server.Ticket()), ("accessToken", (await _server.SignIn()).Access))).Message();
        Assert.Single(await Rows());
    }

    [Fact]
    public async Task Of_16_completions_with_one_ticket_one_hands_it_over_and_the_rest_write_nothing()
    {
        var (browser, ticket) = (new Browser(_server), await _server.Ticket());
        await browser.SignIn();
        var page = await browser.OpenPopup(ticket);
        var replies = await AtOnce.Run(16, _ => browser.Submit(page));
        Assert.Single(replies, r => r.Status == 200);
        Assert.Single(await Rows());
    }

    [Fact]
    public async Task At_introspection_it_is_whoever_asks_that_is_told()
    {
        var (access, _) = await _server.SignIn();
        (await _server.Introspect(access, _server.ApiKey)).IsOk();
        Assert.Empty(await Rows());
        (await _server.Introspect(access, _server.ResourceApiKey)).IsOk();
        Assert.Equal([$"pabean Introspection {_server.Clock.Now:s}"], await Rows());
    }

    [Fact]
    public async Task The_person_sees_who_was_told_from_the_first_day_to_the_last()
    {
        var (_, access) = await Enter("openid npwp");
        (await UserInfo(access)).IsOk();
        var first = _server.Clock.Now.ToOffset(TimeSpan.FromHours(7));
        await _server.Pass(TimeSpan.FromDays(2));
        (var flow, access) = await Enter("openid npwp");
        (await UserInfo(access)).IsOk();
        var last = _server.Clock.Now.ToOffset(TimeSpan.FromHours(7));
        await _server.Introspect(access, _server.ResourceApiKey);

        var page = (await flow.Browser.Get("/account/platforms")).IsPage("Who has seen your tax number").IsPage("Pabean");
        page.IsPage("Asked for by this site, as you had allowed.").IsPage("Asked for when this site checked who had signed in.");
        page.IsPage($"datetime=\"{first:yyyy-MM-dd}\"").IsPage($"datetime=\"{last:yyyy-MM-dd}\"");
        Assert.DoesNotContain("018263453454543", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_remembered_for_two_years()
    {
        var releases = _server.Get<NpwpReleases>();
        await releases.Note(_server.Account, CodeFlow.ClientId, NpwpWay.UserInfo, Ct);
        var now = _server.Clock.Now;
        await releases.Sweep(now + NpwpReleases.Remembered, Ct);
        Assert.Single(await releases.Of(_server.Account.Id, Ct));
        await releases.Sweep(now + NpwpReleases.Remembered + TimeSpan.FromMilliseconds(1), Ct);
        Assert.Empty(await releases.Of(_server.Account.Id, Ct));
    }

    private async Task<(CodeFlow Flow, string Access)> Enter(string scope)
    {
        var flow = new CodeFlow(_server);
        return (flow, (await flow.Exchange((await flow.ToCallback(("scope", scope)))["code"])).IsOk().Json.GetProperty("access_token").GetString()!);
    }

    private Task<Reply> UserInfo(string token) => _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {token}"));

    private Task Forget() => _server.Database.Write(sql => sql.Execute("DELETE FROM npwp_releases"), Ct);

    private async Task<IEnumerable<string>> Rows() =>
        (await _server.Database.Read(sql => sql.Rows<Row>("SELECT client_id AS ClientId, way AS Way, released_at AS At FROM npwp_releases ORDER BY client_id, way, day"), Ct))
        .Select(r => $"{r.ClientId} {r.Way} {DateTimeOffset.FromUnixTimeMilliseconds(r.At):s}");

    private sealed class Row
    {
        public string ClientId { get; init; } = "";

        public string Way { get; init; } = "";

        public long At { get; init; }
    }
}

public sealed class NpwpReleasesOnSqlite(ServerOn<SqliteStore> on) : NpwpReleasesContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class NpwpReleasesOnPostgres(ServerOn<PostgresStore> on) : NpwpReleasesContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;
