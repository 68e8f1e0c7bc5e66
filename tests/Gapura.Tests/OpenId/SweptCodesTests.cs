using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>A server that was off for days finds old codes and the grants they were for.</summary>
public sealed class SweptCodesTests
{
    [Fact]
    public async Task Old_codes_do_not_keep_old_grants_from_being_swept()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await GapuraServer.Start();
        await CodeFlow.Register(server);
        Assert.True((await new CodeFlow(server).ToCallback(("scope", "openid"))).ContainsKey("code"));
        server.Clock.Pass(TimeSpan.FromDays(3));
        await server.Get<Grants>().Sweep(server.Clock.Now, ct);
        Assert.Equal(0, await server.Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM authorization_codes"), ct));
        Assert.Equal(0, await server.Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM grants"), ct));
    }
}
