using Gapura.Storage;

namespace Gapura.Hosting.Commands;

/// <summary>
/// The keepers over an opened database, for one command. A server may be running on the same data: what the keepers
/// change is followed by it within a second.
/// </summary>
internal sealed class OpenInstallation : IAsyncDisposable
{
    private readonly Database _database;
    private readonly ServiceProvider _services;

    private OpenInstallation(Database database, ServiceProvider services) => (_database, _services) = (database, services);

    public Database Database => _database;

    /// <summary>Opens what is there.</summary>
    /// <exception cref="RefusedException">There is nothing: probably another directory was meant.</exception>
    public static Task<OpenInstallation> Existing(Settings settings, TimeProvider time, CancellationToken ct) =>
        Database.IsFile(settings.Database) && !File.Exists(settings.Database)
            ? throw new RefusedException($"There is no installation at {settings.Database} yet. Say --data DIR, or begin with `gapura serve`, `gapura platform add` or `gapura account add`.")
            : ExistingOrNew(settings, time, ct);

    /// <summary>Opens what is there, or makes database and master key.</summary>
    public static async Task<OpenInstallation> ExistingOrNew(Settings settings, TimeProvider time, CancellationToken ct)
    {
        var (database, master) = await Installation.Open(settings, time, ct);
        return new OpenInstallation(database, new ServiceCollection().AddLogging().AddGapura(settings, database, master, await StoreClock.Of(database, time, ct)).BuildServiceProvider());
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
