using System.Text.Json;
using Gapura.Tests.OpenId;
using Xunit;

namespace Gapura.Tests.Developers.Reference;

/// <summary>Validators that other people wrote, on the document as a running server serves it.</summary>
public sealed class StrangersTests(StrangerServer strangers) : IClassFixture<StrangerServer>
{
    [Fact]
    public async Task It_is_OpenAPI_3_1_and_every_example_fits_its_schema()
    {
        Stranger.Needs(Directory.Exists(Path.Combine(StrangerServer.Clients, "node_modules", "@seriousme")), "The validators are not installed: npm ci --prefix tests/clients.");
        var (code, output, error) = await Stranger.Run(StrangerServer.Clients, "node", "openapi.mjs", JsonSerializer.Serialize(new { openapi = strangers.Server.Issuer + "/openapi.json" }));
        Assert.True(code == 0, error);
        var said = JsonDocument.Parse(output).RootElement;
        Assert.True(said.GetProperty("valid").GetBoolean(), output);
        Assert.Equal("[]", said.GetProperty("faults").GetRawText());
        Assert.InRange(said.GetProperty("examples").GetInt32(), 150, 2000);
    }
}
