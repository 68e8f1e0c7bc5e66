using Gapura.Kernel;
using Gapura.Platforms;
using Xunit;
using static Gapura.Tests.SeamlessLogin.SeamlessSteps;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>"Get Auth API Key" and its later edition, byte for byte.</summary>
public sealed class AuthApiKeyTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string Path = "/V1/NLE/AuthApiKey";
    private const string Later = "/nleportal/nleportalsvc/api/v1/auth/requestToken";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_live_key_gets_the_documented_answer()
    {
        var reply = await server.Get(Path, ("beacukai-api-key", server.ApiKey));
        var token = reply.IsOk().Json.GetProperty("data").GetProperty("token").GetString();
        Assert.Matches("^[0-9a-f]{66}$", token);
        reply.Is(200, $$$"""{"data":{"namaPlatform":"TauTauBeres.id","namaPerusahaan":"TauTauBeres","deskripsi":"truck operator","domain":"https://tautauberes.id","token":"{{{token}}}"}}""");
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Null(reply["Set-Cookie"]);
    }

    [Fact]
    public async Task A_platform_without_a_description_has_null_there_and_a_plus_stays_a_plus()
    {
        var reply = await server.Get(Path, ("beacukai-api-key", server.OtherApiKey));
        var token = reply.IsOk().Json.GetProperty("data").GetProperty("token").GetString();
        reply.Is(200, $$$"""{"data":{"namaPlatform":"Kapal+Laut","namaPerusahaan":"PT Kapal & Laut","deskripsi":null,"domain":"https://kapal.example.com","token":"{{{token}}}"}}""");
    }

    [Fact]
    public async Task The_later_edition_answers_in_its_own_order()
    {
        var reply = await server.Get($"{Later}?key={server.ApiKey}");
        var token = reply.IsOk().Json.GetProperty("data").GetProperty("token").GetString();
        Assert.Matches("^[0-9a-f]{66}$", token);
        reply.Is(200, $$$"""{"data":{"domain":"https://tautauberes.id","namaPerusahaan":"TauTauBeres","deskripsi":"truck operator","namaPlatform":"TauTauBeres.id","token":"{{{token}}}"},"message":"Success","status":200}""");
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Equal("null", (await server.Get($"{Later}?key={server.OtherApiKey}")).IsOk().Json.GetProperty("data").GetProperty("deskripsi").GetRawText());
    }

    [Fact]
    public async Task Each_call_gets_a_ticket_of_its_own()
    {
        var tickets = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 50; i++) Assert.True(tickets.Add(await server.Ticket()));
    }

    [Fact]
    public async Task A_ticket_costs_no_row()
    {
        var rows = await server.Rows();
        for (var i = 0; i < 50; i++) await server.Ticket();
        Assert.Equal(rows, await server.Rows());
    }

    [Theory]
    [InlineData("beacukai-api-key")]
    [InlineData("nle-api-key")]
    [InlineData("x-api-key")]
    [InlineData("Beacukai-Api-Key")]
    public async Task Each_of_the_three_headers_will_do(string header) => (await server.Get(Path, (header, server.ApiKey))).IsOk();

    [Fact]
    public async Task The_configured_header_counts_before_the_others()
    {
        (await server.Get(Path, ("x-api-key", "unknown"), ("nle-api-key", "unknown"), ("beacukai-api-key", server.ApiKey))).IsOk();
        (await server.Get(Path, ("beacukai-api-key", "unknown"), ("nle-api-key", server.ApiKey))).Is(403, NotValid);
        (await server.Get(Path, ("x-api-key", "unknown"), ("nle-api-key", server.ApiKey))).IsOk();
    }

    [Fact]
    public async Task Another_header_can_be_configured_and_the_first_name_then_means_nothing()
    {
        await using var own = await GapuraServer.Start(("ApiKeyHeader", "kunci-api"));
        (await own.Get(Path, ("kunci-api", own.ApiKey))).IsOk();
        (await own.Get(Path, ("nle-api-key", own.ApiKey))).IsOk();
        (await own.Get(Path, ("beacukai-api-key", own.ApiKey))).Is(403, NotValid);
    }

    [Fact]
    public async Task A_key_elsewhere_than_in_its_header_is_a_missing_one()
    {
        (await server.Get($"{Path}?key={server.ApiKey}&beacukai-api-key={server.ApiKey}")).Is(403, NotValid);
        (await server.Get(Path, ("Authorization", "Bearer " + server.ApiKey))).Is(403, NotValid);
        (await server.Get(Later, ("beacukai-api-key", server.ApiKey))).Is(403, NotValid);
        (await server.Get(Path, ("beacukai-api-key", server.ApiKey), ("beacukai-api-key", server.ApiKey))).Is(403, NotValid);
    }

    [Fact]
    public async Task A_missing_unknown_mistyped_expired_revoked_and_disabled_key_are_refused_in_the_same_bytes()
    {
        await using var own = await GapuraServer.Start();
        var keys = own.Get<ApiKeys>();
        var expired = (await keys.Issue(GapuraServer.ClientId, own.Clock.Now.AddDays(1), Ct))!.Value.Key.Reveal();
        await own.Pass(TimeSpan.FromDays(1));
        var (stored, revoked) = (await keys.Issue(GapuraServer.ClientId, null, Ct))!.Value;
        Assert.True(await keys.Revoke(stored.Id, Ct));
        Assert.True(await own.Get<PlatformRegister>().SetDisabled(GapuraServer.OtherClientId, disabled: true, Ct));
        await own.Follow();

        var outside = new List<string> { (await own.Get(Path)).Is(403, NotValid).Outside };
        foreach (var key in (string[])["unknown", Slip.In(own.ApiKey), own.ApiKey + " x", expired, revoked.Reveal(), own.OtherApiKey, new string('x', 4000), "3068672a-3c61-4cc4-af1e-1e8bc9831a80", "kunci é"])
        {
            outside.Add((await own.Get(Path, ("beacukai-api-key", key))).Is(403, NotValid).Outside);
            outside.Add((await own.Get($"{Later}?key={Uri.EscapeDataString(key)}")).Is(403, NotValid).Outside);
        }

        outside.Add((await own.Get(Later)).Is(403, NotValid).Outside);
        outside.Add((await own.Get($"{Later}?key=")).Is(403, NotValid).Outside);
        outside.Add((await own.Get($"{Later}?key={own.ApiKey}&key={own.ApiKey}")).Is(403, NotValid).Outside);
        Assert.Single(outside.Distinct());
        Assert.Contains("Cache-Control: no-store", outside[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_expires_to_the_millisecond()
    {
        await using var own = await GapuraServer.Start();
        var key = (await own.Get<ApiKeys>().Issue(GapuraServer.ClientId, own.Clock.Now.AddDays(1), Ct))!.Value.Key.Reveal();
        await own.Follow();
        own.Clock.Pass(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        (await own.Get(Path, ("beacukai-api-key", key))).IsOk();
        own.Clock.Pass(TimeSpan.FromMilliseconds(1));
        (await own.Get(Path, ("beacukai-api-key", key))).Is(403, NotValid);
    }

    [Fact]
    public async Task A_key_brought_along_from_another_system_works_in_both_editions()
    {
        await using var own = await GapuraServer.Start();
        const string Uuid = "3068672a-3c61-4cc4-af1e-1e8bc9831a80";
        Assert.NotNull(await own.Get<ApiKeys>().Import(GapuraServer.ClientId, new Secret(Uuid), null, Ct));
        await own.Follow();
        (await own.Get(Path, ("beacukai-api-key", Uuid))).IsOk();
        (await own.Get($"{Later}?key={Uuid}")).IsOk();
    }

    [Fact]
    public async Task A_fault_is_the_documented_sentence_and_never_a_stack_trace()
    {
        // A server whose keys were never read from its store, because the store went away first.
        await using var own = new GapuraServer();
        await own.BuildWithoutStore();
        foreach (var path in (string[])[Path, Later, $"/seamlesslogin/?token={new string('a', 66)}"])
        {
            var reply = await own.Get(path, ("beacukai-api-key", "x"));
            reply.Is(500, """{"error":"Something went wrong. Please try again later."}""");
            Assert.Contains("no-store", reply["Cache-Control"], StringComparison.Ordinal);
        }

        var page = await own.Get("/seamlesslogin/?token=" + new string('a', 66), ("Accept", "text/html"), ("Accept-Language", "en"));
        Assert.Equal(500, page.Status);
        Assert.Equal("text/html; charset=utf-8", page["Content-Type"]);
        Assert.Contains("Something went wrong. Please try again later.", page.Text, StringComparison.Ordinal);
        foreach (var word in (string[])["Exception", "   at ", "Gapura.Storage", ".cs:line"]) Assert.DoesNotContain(word, page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    public async Task Any_method_but_GET_is_405(string method)
    {
        foreach (var path in (string[])[Path, Later])
        {
            var reply = await server.Send(new HttpMethod(method), path, null, ("beacukai-api-key", server.ApiKey));
            Assert.Equal(405, reply.Status);
            Assert.Equal("GET", reply["Allow"]);
        }
    }

    [Fact]
    public async Task Paths_are_forgiving_about_case() => (await server.Get("/v1/nle/authapikey", ("beacukai-api-key", server.ApiKey))).IsOk();
}
