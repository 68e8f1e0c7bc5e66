using Gapura.Hosting;
using Gapura.Storage;
using Gapura.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gapura.Tests.Hosting;

/// <summary>The whole server, listening, with nobody in it, on a clock whose timers go off by hand only.</summary>
internal sealed class HandServer : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-hand-");
    private WebApplication _app = null!;

    public InterruptedDatabase Database { get; private set; } = null!;

    public HandClock Clock { get; } = new();

    public FreshnessWatch Watch => _app.Services.GetRequiredService<FreshnessWatch>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="connection">Null for a file of its own.</param>
    /// <param name="isShared">As for <see cref="InterruptedDatabase"/>.</param>
    public static async Task<HandServer> Start(string? connection = null, bool? isShared = null)
    {
        var server = new HandServer();
        var settings = Settings.Read(server._folder.FullName, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Urls"] = "http://127.0.0.1:0", ["Issuer"] = "http://localhost:5080", ["Database"] = connection,
        });
        var (database, master) = await Installation.Open(settings, server.Clock, Ct);
        server.Database = new InterruptedDatabase(database, isShared);
        server._app = Server.Build(settings, server.Database, master, server.Clock);
        await server.Watch.FirstFill(Ct);
        await server._app.StartAsync(Ct);
        server._http.BaseAddress = new Uri(server._app.Urls.First());
        return server;
    }

    public async Task<Reply> Get(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var response = await _http.SendAsync(request, Ct);
        return await Reply.From(response, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Database.Answer();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
