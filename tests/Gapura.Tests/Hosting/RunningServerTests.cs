using Gapura.Hosting;
using Gapura.Hosting.Commands;
using Gapura.Platforms;
using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class RunningServerTests : IDisposable
{
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task A_running_server_follows_what_commands_change()
    {
        var ct = TestContext.Current.CancellationToken;
        await _operator.AddPlatform();
        await using var server = await OpenInstallation.Existing(Settings.Read(_operator.Data, []), TimeProvider.System, ct);
        await server.Get<FreshnessWatch>().FirstFill(ct);
        var keys = server.Get<ApiKeys>();

        var issued = await _operator.Json("api-key", "issue", "--platform", "tautauberes");
        var key = issued.GetProperty("apiKey").GetString();
        await Refresh();
        Assert.NotNull(keys.Verify(key));

        await _operator.Json("platform", "disable", "tautauberes");
        await Refresh();
        Assert.Null(keys.Verify(key));

        await _operator.Json("platform", "enable", "tautauberes");
        await Refresh();
        Assert.NotNull(keys.Verify(key));

        await _operator.Json("api-key", "revoke", issued.GetProperty("id").GetString()!);
        await Refresh();
        Assert.Null(keys.Verify(key));

        async Task Refresh()
        {
            await server.Get<PlatformRegister>().Refresh(ct);
            await keys.Refresh(ct);
        }
    }

    [Fact]
    public async Task Commands_at_the_same_time_wait_for_each_other()
    {
        await _operator.AddPlatform();
        var said = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => _operator.Run(
            "platform", "add", "--client-id", $"p{i}", "--name", "P", "--company", "P", "--domain", "https://p.id")));
        Assert.All(said, s => Assert.Equal(0, s.Code));
        Assert.Equal(17, (await _operator.Json("platform", "list")).GetArrayLength());
    }

    [Fact]
    public async Task Two_operators_at_once_do_not_make_three_keys()
    {
        await _operator.AddPlatform();
        var said = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _operator.Run("api-key", "issue", "--platform", "tautauberes", "--json")));
        Assert.Equal(2, said.Count(s => s.Code == 0));
        Assert.Equal(2, (await _operator.Json("api-key", "list")).GetArrayLength());
    }
}
