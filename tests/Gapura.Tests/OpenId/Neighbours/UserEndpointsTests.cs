using Gapura.Audit;
using Gapura.Platforms;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId.Neighbours;

/// <summary>Who somebody is, and their picture.</summary>
public abstract class UserEndpointsContract
{
    private const string Pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private readonly GapuraServer _server;

    private protected UserEndpointsContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_is_absent_where_nobody_agreed_and_null_where_there_is_nothing()
    {
        var platform = await OldPlatform.Register(_server);
        var id = (await OldPlatform.Person(_server, "budi.hartono")).Id;
        async Task IsTold(string scope, string members) =>
            (await _server.Me((await platform.SignIn(scope, await platform.SignedIn("budi.hartono"))).Access)).Is(200, $$$"""{"id":"{{{id}}}"{{{members}}},"user":{"id":"{{{id}}}"{{{members}}}}}""");
        await IsTold("basic_info", ""","name":"Siti Aminah","email":"siti@example.com","image":null""");
        await IsTold("phone", ""","phone":"+628123456789" """.Trim());
        await IsTold("basic_info phone", ""","name":"Siti Aminah","email":"siti@example.com","phone":"+628123456789","image":null""");
        await IsTold("keys_op", "");

        var bare = await _server.AddAccount("tanpa.apa.apa");
        (await _server.Me((await platform.SignIn("basic_info phone", await platform.SignedIn("tanpa.apa.apa"))).Access))
            .Is(200, $$$"""{"id":"{{{bare.Id}}}","name":"Coba Jualan","email":null,"phone":null,"image":null,"user":{"id":"{{{bare.Id}}}","name":"Coba Jualan","email":null,"phone":null,"image":null}}""");
    }

    [Fact]
    public async Task A_door_s_token_tells_no_more_than_the_id_it_holds() =>
        (await _server.Me((await _server.SignIn()).Access)).Is(200, $$$"""{"id":"{{{_server.Account.Id}}}","user":{"id":"{{{_server.Account.Id}}}"}}""");

    [Fact]
    public async Task A_platform_that_knows_people_by_names_of_its_own_learns_no_other()
    {
        var platform = await OldPlatform.Register(_server, new ClientSettings { SubjectType = "pairwise" });
        var person = await OldPlatform.Person(_server);
        var (access, _) = await platform.SignIn("basic_info keys_op");
        var subject = CodeFlow.Claims(access).GetProperty("sub").GetString();
        Assert.NotEqual(person.Id, subject);
        var me = (await _server.Me(access)).IsOk();
        Assert.Equal(subject, me.Json.GetProperty("id").GetString());
        foreach (var reply in (Reply[])[me, await _server.Keys(access), await _server.PostAs(access, "/v1/keys/challenge")]) Assert.DoesNotContain(person.Id, reply.IsOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_that_stands_nobody_is_told_anything()
    {
        var none = await _server.Get("/v1/user/me");
        none.IsRefused("invalid_token", 401);
        Assert.Equal("Bearer realm=\"Gapura\", DPoP algs=\"ES256 PS256\"", none["WWW-Authenticate"]);
        var platform = await OldPlatform.Register(_server);
        var (access, refresh) = await platform.SignIn("basic_info");
        var token = _server.Get<Mint>().Read(access)!;
        var gone = await OldPlatform.Person(_server, "sudah.pergi");
        var (disabled, _) = await platform.SignIn("basic_info", await platform.SignedIn("sudah.pergi"));
        await _server.Disable(gone);
        var (ended, _) = await platform.SignIn("basic_info");
        (await _server.PostForm("/oauth/revoke", [("token", ended), ("client_id", platform.ClientId), ("client_secret", platform.Key)])).IsOk();
        var closed = await OldPlatform.Register(_server);
        var (shut, _) = await closed.SignIn("basic_info");
        await _server.Get<PlatformRegister>().SetDisabled(closed.ClientId, disabled: true, Ct);
        await _server.Follow();
        string[] bad =
        [
            "x", refresh, access[..^2] + (access[^2] == 'A' ? 'B' : 'A') + access[^1], disabled, ended, shut,
            Minted(token with { GrantId = null }), Minted(token with { Audience = "https://elsewhere.example" }), Minted(token with { GrantId = "nothing" }),
        ];
        var outside = new List<string>();
        foreach (var one in bad) outside.Add((await _server.Me(one)).IsRefused("invalid_token", 401).Outside);
        Assert.Single(outside.Distinct());
        Assert.Contains("WWW-Authenticate: Bearer realm=\"Gapura\", error=\"invalid_token\"", outside[0], StringComparison.Ordinal);

        // A token says itself that it is bound: whoever shows it without its key is told how it is shown.
        foreach (var method in (string[])[SenderKey.Dpop, SenderKey.Certificate]) (await _server.Me(Minted(token with { Sender = new SenderKey(method, new string('A', 43)) }))).IsRefused("invalid_token", 401);

        (await _server.Get("/v1/user/me?access_token=" + access)).IsRefused("invalid_token", 401);
        (await _server.Get("/v1/user/me", ("Authorization", $"DPoP {access}"))).IsRefused("invalid_token", 401);
        (await _server.Me(access)).IsOk();
        _server.Clock.Pass(TimeSpan.FromSeconds(900));
        (await _server.Me(access)).IsRefused("invalid_token", 401);
    }

    [Theory]
    [InlineData("https://gambar.example.com/siti.png?besar=1&x=%20")]
    [InlineData(Pixel)]
    [InlineData("data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ==")]
    [InlineData("data:image/webp;base64,UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAQAcJaQAA3AA/v3AgAA=")]
    public async Task A_picture_is_set_and_shown(string image)
    {
        var platform = await OldPlatform.Register(_server);
        var (access, _) = await platform.SignIn("basic_info update_basic_info");
        (await _server.PostAs(access, "/v1/user/update", ("image", image))).Is(200, """{"result":"ok"}""");
        var me = (await _server.Me(access)).IsOk().Json;
        Assert.Equal((image, image), (me.GetProperty("image").GetString(), me.GetProperty("user").GetProperty("image").GetString()));
        Assert.Contains($"\"image\":\"{image}\"", (await _server.Me(access)).Text, StringComparison.Ordinal);
        var entry = (await _server.Get<AuditLog>().Last((await OldPlatform.Person(_server)).Id, 50, Ct)).First(e => e.Action == AuditAction.ImageChanged && e.ClientId == platform.ClientId);
        Assert.Equal("platform", entry.Actor);
    }

    [Fact]
    public async Task What_is_no_picture_changes_nothing()
    {
        var platform = await OldPlatform.Register(_server);
        var (access, _) = await platform.SignIn("basic_info update_basic_info");
        (await _server.PostAs(access, "/v1/user/update", ("image", Pixel))).IsOk();
        foreach (var image in (string[])["", "javascript:alert(1)", "http://gambar.example.com/a.png", "data:image/svg+xml;base64,PHN2Zy8+", Oversize(8 * 1024 + 1)])
            (await _server.PostAs(access, "/v1/user/update", ("image", image))).IsRefused("invalid_request", "image must be an https address of at most 2000 characters, or a data: URL in base64 of a PNG, JPEG or WebP of at most 8 KiB.");
        (await _server.PostAs(access, "/v1/user/update", ("image", Oversize(64 * 1024)))).IsRefused("invalid_request", "The body is larger than 16 KiB.");
        (await _server.PostAs(access, "/v1/user/update", ("name", "Siti Baru"))).IsRefused("invalid_request");
        Assert.Equal(Pixel, (await _server.Me(access)).Json.GetProperty("image").GetString());
        (await _server.PostAs(access, "/v1/user/update", ("image", Oversize(8 * 1024)))).IsOk();
    }

    [Fact]
    public async Task A_picture_is_set_only_with_its_scope()
    {
        var platform = await OldPlatform.Register(_server);
        foreach (var scope in (string[])["basic_info", "basic_info phone keys_op"])
        {
            var reply = await _server.PostAs((await platform.SignIn(scope)).Access, "/v1/user/update", ("image", Pixel));
            reply.IsRefused("insufficient_scope", "The access token was not given for this.", 403);
            Assert.Equal("Bearer realm=\"Gapura\", error=\"insufficient_scope\", error_description=\"The access token was not given for this.\", scope=\"update_basic_info\"", reply["WWW-Authenticate"]);
        }

        (await _server.PostAs((await _server.SignIn()).Access, "/v1/user/update", ("image", Pixel))).IsRefused("insufficient_scope", 403);
        (await _server.PostForm("/v1/user/update", [("image", Pixel)])).IsRefused("invalid_token", 401);
    }

    [Fact]
    public async Task Other_methods_are_refused_and_registered_pages_may_ask()
    {
        Assert.Equal("GET", (await _server.Post("/v1/user/me", "{}")).IsRefused("method_not_allowed", 405)["Allow"]);
        Assert.Equal("POST", (await _server.Get("/v1/user/update")).IsRefused("method_not_allowed", 405)["Allow"]);
        Assert.Equal(GapuraServer.Domain, (await _server.Get("/v1/user/me", ("Origin", GapuraServer.Domain)))["Access-Control-Allow-Origin"]);
        Assert.Null((await _server.Get("/v1/user/me", ("Origin", "https://evil.example")))["Access-Control-Allow-Origin"]);
    }

    private static string Oversize(int bytes)
    {
        var picture = new byte[bytes];
        new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }.CopyTo(picture, 0);
        return "data:image/jpeg;base64," + Convert.ToBase64String(picture);
    }

    private string Minted(AccessToken token) => _server.Get<Mint>().AccessToken(token).Reveal();
}

public sealed class UserEndpointsOnSqlite(ServerOn<SqliteStore> on) : UserEndpointsContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class UserEndpointsOnPostgres(ServerOn<PostgresStore> on) : UserEndpointsContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;
