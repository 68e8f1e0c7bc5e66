using System.Text.Json;
using Gapura.Audit;
using Gapura.Devices;
using Gapura.Tests.Authenticator;
using Gapura.Tests.QrAuth;
using Gapura.Tests.SeamlessLogin;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.Devices;

/// <summary>A person's other phones hear of a sign-in, from a server with a push service of its own beside it.</summary>
public sealed class DevicePushTests : IAsyncLifetime
{
    private readonly Phone _other = new();
    private FakePushService _service = null!;
    private GapuraServer _server = null!;
    private Browser _browser = null!;
    private string _otherId = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await FakePushService.Start();
        _server = await GapuraServer.Start(("Push:Hosts", _service.Host), ("Push:Subject", "mailto:ops@example.go.id"));
        _otherId = await _server.Enrol(_server.Account, _other);
        _browser = new Browser(_server) { Accept = "application/json" };
        (await _browser.OpenPhone(_server.Phone)).IsOk();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _service.DisposeAsync();
        _other.Dispose();
    }

    [Fact]
    public async Task A_phones_yes_is_told_to_the_other_phone_and_not_to_itself()
    {
        await Hear(_server.DeviceId, "own");
        await Hear(_otherId, "other/abc");
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()))).IsOk();
        var pushed = _service.Next();
        Assert.Equal(("POST", "/other/abc", 0L, "300", "high"), (pushed.Method, pushed.Path, pushed.Length, pushed.Headers["TTL"], pushed.Headers["Urgency"]));
        await Quiet();
    }

    [Fact]
    public async Task The_token_is_valid_to_a_stranger_and_names_the_key_the_phone_subscribed_with()
    {
        await Hear(_otherId, "other");
        var key = (await _browser.Get("/v1/phone")).IsOk().Json.Text("pushKey");
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()))).IsOk();
        var authorization = _service.Next().Headers["Authorization"];
        Assert.Matches("^vapid t=[\\w.-]+, k=[\\w-]{87}$", authorization);
        Assert.EndsWith($", k={key}", authorization, StringComparison.Ordinal);

        Stranger.Needs(await Stranger.IsThere("node", "--version"), "Node is not here.");
        var (code, output, error) = await Stranger.Run(Stranger.Repository, "node", "-e", """
            const [, t, k] = process.argv[1].match(/^vapid t=(.+), k=(.+)$/);
            const point = Buffer.from(k, 'base64url');
            const key = require('crypto').createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } });
            const [head, body, signature] = t.split('.');
            const valid = require('crypto').verify('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
            console.log(JSON.stringify({ valid, first: point[0], length: point.length, head: JSON.parse(Buffer.from(head, 'base64url')), body: JSON.parse(Buffer.from(body, 'base64url')) }));
            """, authorization);
        Assert.True(code == 0, error);
        var said = JsonDocument.Parse(output).RootElement;
        Assert.Equal((true, 4, 65), (said.GetProperty("valid").GetBoolean(), said.GetProperty("first").GetInt32(), said.GetProperty("length").GetInt32()));
        Assert.Equal("""{"typ":"JWT","alg":"ES256"}""", said.GetProperty("head").GetRawText());
        Assert.Equal($$"""{"aud":"{{_service.Origin}}","exp":{{_server.Clock.Now.AddHours(1).ToUnixTimeSeconds()}},"sub":"mailto:ops@example.go.id"}""", said.GetProperty("body").GetRawText());
    }

    [Fact]
    public async Task A_password_at_either_door_and_a_new_phone_are_told()
    {
        await Hear(_otherId, "other");
        var popup = new Browser(_server);
        (await popup.SignInAt(await popup.OpenPopup(await _server.Ticket()))).Message();
        Assert.Equal("/other", _service.Next().Path);
        await new Browser(_server).SignIn();
        Assert.Equal("/other", _service.Next().Path);
        using var third = new Phone();
        await _server.Enrol(_server.Account, third);
        Assert.Equal("/other", _service.Next().Path);

        // Nobody is told of what did not happen, or of what happened to somebody else.
        await new Browser(_server).SignIn(password: "salah sekali");
        await _server.AddAccount("orang.lain");
        await new Browser(_server).SignIn("orang.lain");
        await Quiet();
    }

    [Theory]
    [InlineData("gone", false)]
    [InlineData("missing", false)]
    [InlineData("broken", true)]
    [InlineData("elsewhere", true)]
    public async Task An_endpoint_that_is_no_more_is_forgotten_and_no_redirect_is_followed(string path, bool stays)
    {
        await Hear(_otherId, path);
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()))).IsOk();
        Assert.Equal("/" + path, _service.Next().Path);
        for (var i = 0; !stays && i < 400 && (await Endpoints()).Count > 0; i++) await Task.Delay(25, Ct);
        Assert.Equal(stays, (await Endpoints()).Count == 1);
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()))).IsOk();
        if (stays) Assert.Equal("/" + path, _service.Next().Path);
        await Quiet();
    }

    [Fact]
    public async Task A_push_service_that_is_away_disturbs_nobody()
    {
        await Hear(_otherId, "other");
        await _service.DisposeAsync();
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()))).IsOk();
        Assert.Single(await Endpoints());
        _service = await FakePushService.Start();
    }

    [Fact]
    public async Task A_push_service_that_never_answers_holds_up_no_request_and_is_given_up_after_ten_seconds()
    {
        using var third = new Phone();
        await Hear(await _server.Enrol(_server.Account, third), "third");
        await Hear(_otherId, "silent");
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()))).IsOk();
        Assert.Equal(["/silent", "/third"], ((string[])[_service.Next().Path, _service.Next().Path]).Order(StringComparer.Ordinal));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        await Quiet();
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_phone_that_was_revoked_or_asked_for_silence_hears_nothing()
    {
        await Hear(_otherId, "other");
        Assert.Equal(204, (await _browser.Send(HttpMethod.Delete, $"/v1/devices/{_otherId}/push", null, null)).Status);
        await new Browser(_server).SignIn();
        await Quiet();
        await Hear(_otherId, "other");
        Assert.True(await _server.Get<DeviceRegister>().Revoke(_otherId, null, Hand.Operator, Ct));
        await new Browser(_server).SignIn();
        await Quiet();
        (await Put(_otherId, $"{_service.Origin}/x")).IsRefused("not_found", 404);
    }

    [Fact]
    public async Task Only_an_allowed_endpoint_of_ones_own_phone_is_taken()
    {
        foreach (var endpoint in (string[])["", "x", "https://evil.example/x", "http://169.254.169.254/", "http://127.0.0.1/x", $"https://evil@{_service.Host}/", $"{_service.Origin}/\n", $"{_service.Origin}/{new string('a', 1024)}"])
            (await Put(_otherId, endpoint)).IsRefused("invalid_request");
        (await _browser.SendJson(HttpMethod.Put, $"/v1/devices/{_otherId}/push", new { })).IsRefused("invalid_request");
        using var foreign = new Phone();
        var theirs = await _server.Enrol(await _server.AddAccount("orang.asing"), foreign);
        (await Put(theirs, $"{_service.Origin}/x")).IsRefused("not_found", 404);
        (await _browser.Send(HttpMethod.Delete, $"/v1/devices/{theirs}/push", null, null)).IsRefused("not_found", 404);
        _browser.FetchSite = "cross-site";
        (await Put(_otherId, $"{_service.Origin}/x")).IsRefused("foreign_form", 403);
        (await new Browser(_server).SendJson(HttpMethod.Put, $"/v1/devices/{_otherId}/push", new { })).IsRefused("not_signed_in", 401);
        Assert.Empty(await Endpoints());
    }

    [Fact]
    public async Task Where_push_is_off_there_is_no_key_and_no_endpoint()
    {
        await using var quiet = await GapuraServer.Start(("Push:Hosts", "none"));
        var browser = new Browser(quiet) { Accept = "application/json" };
        (await browser.OpenPhone(quiet.Phone)).IsOk();
        Assert.Equal(JsonValueKind.Null, (await browser.Get("/v1/phone")).IsOk().Json.GetProperty("pushKey").ValueKind);
        (await browser.SendJson(HttpMethod.Put, $"/v1/devices/{quiet.DeviceId}/push", new { endpoint = "https://fcm.googleapis.com/x" })).IsRefused("invalid_request");
    }

    private Task<Reply> Put(string device, string endpoint) => _browser.SendJson(HttpMethod.Put, $"/v1/devices/{device}/push", new { endpoint });

    private async Task Hear(string device, string path)
    {
        var reply = await Put(device, $"{_service.Origin}/{path}");
        Assert.True(reply.Status == 204, reply.Text);
    }

    private Task<IReadOnlyList<DevicePushEndpoint>> Endpoints() => _server.Get<DevicePushEndpoints>().Of(_server.Account.Id, null, Ct);

    // The worker takes one notice after another: when this one is through, all before it are.
    private async Task Quiet()
    {
        using var last = new Phone();
        var account = await _server.AddAccount("terakhir" + Gapura.Kernel.PublicId.New(TimeProvider.System));
        var device = await _server.Enrol(account, last);
        await _server.Get<DevicePushEndpoints>().TrySet(device, account.Id, $"{_service.Origin}/last", Ct);
        _server.Get<DeviceNotices>().Tell(account.Id, null);
        Assert.Equal("/last", _service.Next().Path);
        Assert.Empty(_service.Rest());
    }
}
