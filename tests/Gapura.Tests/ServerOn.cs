using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests;

/// <summary>A server over a database of this kind, shared by the tests of one class.</summary>
public sealed class ServerOn<TStore> : IAsyncLifetime
    where TStore : Store, new()
{
    private readonly TStore _store = new();
    private GapuraServer? _server;

    /// <summary>Connection text of its database.</summary>
    internal string Connection { get; private set; } = "";

    /// <summary>The server; skips the test when there is no database for it.</summary>
    internal GapuraServer Server
    {
        get
        {
            Stranger.Needs(_store.WhyNot is null, _store.WhyNot ?? "");
            return _server!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (_store.WhyNot is not null) return;
        await _store.InitializeAsync();
        Connection = await _store.Fresh();
        _server = await GapuraServer.Start(("Database", Connection));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        await _store.DisposeAsync();
    }
}
