namespace Gapura.Storage;

internal static class StorageRoom
{
    /// <param name="clock">As <see cref="StoreClock.Of"/> gives it.</param>
    public static IServiceCollection AddStorage(this IServiceCollection services, Database database, MasterKey master, TimeProvider clock)
    {
        services.AddSingleton(clock).AddSingleton(database).AddSingleton(master).AddSingleton<Revisions>().AddSingleton<Bells>().AddSingleton<Neighbours>();
        if (clock is StoreClock shared) services.AddSingleton<IKeptFresh>(shared);
        services.AddKept<HandleKeys>().AddKept<Ceremonies>();
        services.AddSingleton<ISwept>(s => s.GetRequiredService<Ceremonies>());
        if (database is PostgresDatabase nodes) services.AddHostedService(s => ActivatorUtilities.CreateInstance<News>(s, nodes));
        return services.AddSingleton<FreshnessWatch>().AddHostedService(s => s.GetRequiredService<FreshnessWatch>()).AddHostedService<Upkeep>();
    }

    /// <summary>A keeper that holds its topic in memory.</summary>
    public static IServiceCollection AddKept<T>(this IServiceCollection services) where T : class, IKeptFresh =>
        services.AddSingleton<T>().AddSingleton<IKeptFresh>(s => s.GetRequiredService<T>());
}
