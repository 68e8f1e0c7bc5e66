using System.Security.Cryptography;
using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

/// <summary>
/// What a keeper promises on either database. A contract has two sealed subclasses, <c>…OnSqlite</c> and
/// <c>…OnPostgres</c>, which add nothing but the place.
/// </summary>
public abstract class StoreContract : IAsyncLifetime
{
    private readonly Store _store;
    private readonly List<Database> _opened = [];

    protected StoreContract(Store store) => _store = store;

    internal FakeClock Clock { get; } = new();

    internal MasterKey Master { get; } = new(RandomNumberGenerator.GetBytes(32));

    internal Database Database => _opened[0];

    private protected string Connection { get; private set; } = "";

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(_store.WhyNot is not null, _store.WhyNot ?? "");
        Connection = await _store.Fresh();
        await OpenAgain();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened) await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The same database through another door: what another process, or this one after a restart, would see.</summary>
    private protected async Task<Database> OpenAgain()
    {
        var database = await Database.Open(Connection, Clock, Ct);
        _opened.Add(database);
        return database;
    }

    /// <summary>Connection text of another, empty database in the same place.</summary>
    private protected Task<string> Fresh() => _store.Fresh();
}
