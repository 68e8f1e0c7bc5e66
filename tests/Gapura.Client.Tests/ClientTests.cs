using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gapura.Client.Testing;
using Gapura.Client.Tests.Running;
using Gapura.Client.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Gapura.Client.Tests;

/// <summary>A platform's backend and a phone for tests, at the built server.</summary>
public sealed class ClientTests(Server server)
{
    [Fact]
    public async Task A_backend_fetches_a_ticket_that_opens_the_popup()
    {
        var ticket = await server.Client().GetLoginTicketAsync();
        Assert.Equal(("TauTauBeres.id", "TauTauBeres", "https://tautauberes.id"), (ticket.Platform, ticket.Company, ticket.Domain));
        Assert.DoesNotContain(ticket.Token, ticket.ToString(), StringComparison.Ordinal);
        using var popup = await Server.Http.GetAsync(new Uri($"{server.Issuer}/seamlesslogin/?token={ticket.Token}"));
        Assert.Equal(HttpStatusCode.OK, popup.StatusCode);
    }

    [Fact]
    public async Task A_key_that_is_not_live_is_refused_with_its_mend()
    {
        Assert.NotEmpty((await server.Client().GetLoginTicketAsync()).Token);
        foreach (var key in (string[])["gpk_wrong", server.ApiKey[..^1], server.ApiKey + "0", "with space"])
        {
            var no = await Assert.ThrowsAsync<GapuraException>(() => server.Client(apiKey: key).GetLoginTicketAsync());
            Assert.Equal(("api_key_not_valid", 403, false), (no.Code, no.Status, no.IsTransient));
            Assert.Contains("API key is not valid", no.Message, StringComparison.Ordinal);
            Assert.Contains("live API key", no.Mend, StringComparison.Ordinal);
            Assert.DoesNotContain(key, no.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_phone_signs_a_screen_in_and_the_screen_collects_once()
    {
        using var phone = TestSigner.Create();
        Assert.NotEmpty(await phone.EnrolAsync(server.Issuer, Server.Username, Server.Password));
        var code = await server.Client().OpenQrAsync();
        Assert.StartsWith("nu.id:1:" + Server.ClientId, code.SessionId, StringComparison.Ordinal);
        Assert.Equal("iVBORw0KGgo", code.Picture![..11]);
        Assert.Equal(new QrAnswer(null, code), await server.Client().CollectQrAsync(code));

        Assert.NotEmpty((await phone.ApproveAsync(server.Issuer, code.SessionId)).AccessToken);
        var tokens = (await server.Client().CollectQrAsync(code)).Tokens!;
        Assert.Equal((900, "Bearer"), (tokens.ExpiresIn, tokens.TokenType));
        var spent = await Assert.ThrowsAsync<GapuraException>(() => server.Client().CollectQrAsync(code));
        Assert.Equal(("nonce_spent", 400), (spent.Code, spent.Status));

        var next = await server.Client().RefreshAsync(tokens.RefreshToken!);
        var told = await server.Client().IntrospectAsync(next.AccessToken);
        Assert.Equal((true, Server.ClientId, Server.Username), (told.IsActive, told.ClientId, told.Username));
        Assert.Equal(new Introspection { IsActive = false }, await server.Client().IntrospectAsync("gpr_nothing"));
    }

    [Fact]
    public async Task A_phone_scans_declines_and_is_the_same_phone_again()
    {
        using var phone = TestSigner.Create();
        await phone.EnrolAsync(server.Issuer, Server.Username, Server.Password);
        var code = await server.Client().OpenQrAsync(withPicture: false);
        Assert.Equal(Server.ClientId, (await phone.ScanAsync(server.Issuer, code.SessionId)).GetProperty("platform").GetProperty("clientId").GetString());

        using var same = TestSigner.FromPrivateKey(phone.RevealPrivateKey());
        Assert.Equal(phone.PublicKey, same.PublicKey);
        await same.DeclineAsync(server.Issuer, code.SessionId);
        Assert.Equal("sign_in_denied", (await Assert.ThrowsAsync<GapuraException>(() => same.ApproveAsync(server.Issuer, code.SessionId))).Code);
        Assert.Throws<ArgumentException>(() => TestSigner.FromPrivateKey(new string('0', 64)));

        using var stranger = TestSigner.Create();
        var other = await server.Client().OpenQrAsync(withPicture: false);
        Assert.Equal("invalid_key", (await Assert.ThrowsAsync<GapuraException>(() => stranger.ApproveAsync(server.Issuer, other.SessionId))).Code);
        Assert.Equal("wrong_password", (await Assert.ThrowsAsync<GapuraException>(() => stranger.EnrolAsync(server.Issuer, Server.Username, "wrong one"))).Code);
    }

    [Fact]
    public async Task Codes_and_tokens_that_nobody_gave_are_refused()
    {
        Assert.Equal(("invalid_grant", 400), Said(await Assert.ThrowsAsync<GapuraException>(() => server.Client().RedeemCodeAsync("nothing", new string('a', 43), "http://127.0.0.1/gapura/callback"))));
        Assert.Equal(("invalid_grant", 400), Said(await Assert.ThrowsAsync<GapuraException>(() => server.Client().RefreshAsync("gpr_nothing"))));
        Assert.Equal(("invalid_client", 401), Said(await Assert.ThrowsAsync<GapuraException>(() => server.Client(apiKey: "gpk_wrong").RefreshAsync("gpr_nothing"))));
        Assert.Equal(("invalid_client", 400), Said(await Assert.ThrowsAsync<GapuraException>(() => server.Client(clientId: "nobody").OpenQrAsync())));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_within_the_time_limit()
    {
        using var silent = new HttpClient(new Answering(async ct =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return new HttpResponseMessage();
        }));
        var late = await Assert.ThrowsAsync<GapuraException>(() => server.Client(http: silent, timeout: TimeSpan.FromMilliseconds(100)).GetLoginTicketAsync());
        Assert.Equal(("timeout", null, true), (late.Code, late.Status, late.IsTransient));

        // Headers at once, and then nothing.
        using var dripping = new HttpClient(new Answering(_ => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new NeverEnding()) })));
        late = await Assert.ThrowsAsync<GapuraException>(() => server.Client(http: dripping, timeout: TimeSpan.FromMilliseconds(100)).GetLoginTicketAsync());
        Assert.Equal("timeout", late.Code);

        using var given = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Client(http: silent).GetLoginTicketAsync(given.Token));
    }

    [Theory]
    [InlineData(200, "text/html", "<p>hello</p>")]
    [InlineData(200, "application/json", "[]")]
    [InlineData(200, "application/json", "{}")]
    [InlineData(200, "application/json", "{\"data\":{\"token\":7}}")]
    [InlineData(200, "application/json", "{\"data\"")]
    [InlineData(302, "text/html", "")]
    [InlineData(404, "application/json", "{\"message\":\"no\"}")]
    public async Task Whoever_answers_in_the_servers_place_is_noticed(int status, string type, string body)
    {
        using var http = new HttpClient(new Answering(_ => Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type)) })));
        Assert.Equal("invalid_answer", (await Assert.ThrowsAsync<GapuraException>(() => server.Client(http: http).GetLoginTicketAsync())).Code);
    }

    [Fact]
    public async Task An_answer_without_end_and_a_server_that_is_not_there_are_given_up()
    {
        using var endless = new HttpClient(new Answering(_ => Task.FromResult(new HttpResponseMessage { Content = new StringContent(new string(' ', 1024 * 1024)) })));
        Assert.Equal("unreachable", (await Assert.ThrowsAsync<GapuraException>(() => server.Client(http: endless).GetLoginTicketAsync())).Code);
        var away = new GapuraClient(Server.Http, Options.Create(new GapuraClientOptions { Issuer = $"http://localhost:{Server.FreePort()}", ClientId = "a", ApiKey = "b" }));
        Assert.Equal("unreachable", (await Assert.ThrowsAsync<GapuraException>(() => away.GetLoginTicketAsync())).Code);
    }

    [Fact]
    public async Task A_container_gives_one_to_whoever_asks_and_says_what_is_missing()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddGapuraClient(o => (o.Issuer, o.ClientId, o.ApiKey) = (server.Issuer + "/", Server.ClientId, server.ApiKey));
        using var host = builder.Build();
        await host.StartAsync();
        var client = host.Services.GetRequiredService<GapuraClient>();
        Assert.Equal((server.Issuer, Server.ClientId), (client.Issuer, client.ClientId));
        Assert.NotEmpty((await client.GetLoginTicketAsync()).Token);

        var without = Host.CreateEmptyApplicationBuilder(new());
        without.Services.AddGapuraClient(o => o.Timeout = TimeSpan.Zero);
        using var none = without.Build();
        var trouble = await Assert.ThrowsAsync<OptionsValidationException>(() => none.StartAsync());
        Assert.Equal(4, trouble.Failures.Count());
    }

    [Fact]
    public void What_to_do_is_what_the_page_of_errors_says()
    {
        var lines = File.ReadAllLines(Path.Combine(BuiltGapura.Tree, "docs", "errors.md"));
        foreach (var ((code, status), mend) in Mends.All)
            Assert.Contains(lines, line => line.StartsWith($"| `{code}` | {status} | ", StringComparison.Ordinal) && line.EndsWith($" | {mend} |", StringComparison.Ordinal));
    }

    private static (string, int?) Said(GapuraException no) => (no.Code, no.Status);

    private sealed class Answering(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(cancellationToken);
    }

    private sealed class NeverEnding : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
