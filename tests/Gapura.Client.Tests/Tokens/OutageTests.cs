using Gapura.Client.Tests.Running;

namespace Gapura.Client.Tests.Tokens;

/// <summary>An API while the issuer changes its key, goes away and comes back. It has a server of its own to stop.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private readonly Server _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Tokens_are_let_in_through_a_rotation_and_an_outage()
    {
        await using var api = await Api.Start(o => (o.Issuer, o.Timeout) = (_server.Issuer, TimeSpan.FromSeconds(30)));
        await using var asking = await Api.Start(o => (o.Issuer, o.ClientId, o.ApiKey, o.Introspect, o.Timeout) = (_server.Issuer, Server.ApiClientId, _server.ResourceApiKey, IntrospectWhen.Always, TimeSpan.FromSeconds(30)));
        var before = (await _server.SignIn()).AccessToken;
        Assert.Equal(200, (await api.Get(before)).Status);

        // At once: no API has seen the new key before its first token.
        await _server.Command("signing-key", "rotate", "--at-once");
        var after = before;
        for (var tries = 0; tries < 40 && Kid(after) == Kid(before); tries++)
        {
            await Task.Delay(250);
            after = (await _server.SignIn()).AccessToken;
        }

        Assert.NotEqual(Kid(before), Kid(after));
        Assert.Equal((200, 200), ((await api.Get(after)).Status, (await api.Get(before)).Status));
        Assert.Equal(200, (await asking.Get(after)).Status);

        await _server.Stop();
        api.Clock.Ahead = TimeSpan.FromMinutes(10);
        Assert.Equal((200, 200), ((await api.Get(after)).Status, (await api.Get(before)).Status));

        // Who asks at every request cannot let anybody in, and does not call a good token bad.
        var unknown = await asking.Get(after);
        Assert.Equal((503, "temporarily_unavailable", ""), (unknown.Status, unknown.Text("error"), unknown.Challenge));
        await using var late = await Api.Start(o => (o.Issuer, o.Timeout) = (_server.Issuer, TimeSpan.FromSeconds(30)));
        Assert.Equal(503, (await late.Get(after)).Status);
        late.Clock.Ahead = TimeSpan.FromSeconds(3);

        await _server.Start();
        Assert.Equal((200, 200), ((await asking.Get(after)).Status, (await late.Get(after)).Status));
    }

    private static string Kid(string token) => token.Split('.')[0];
}
