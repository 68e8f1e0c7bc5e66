namespace Gapura.Storage;

internal static class StorageRoom
{
    public static IServiceCollection AddStorage(this IServiceCollection services, Database database, MasterKey master)
    {
        services.AddSingleton(database).AddSingleton(master).AddSingleton<Revisions>().AddSingleton<Bells>();
        services.AddKept<HandleKeys>().AddKept<Ceremonies>();
        services.AddSingleton<ISwept>(s => s.GetRequiredService<Ceremonies>());
        return services.AddSingleton<FreshnessWatch>().AddHostedService(s => s.GetRequiredService<FreshnessWatch>());
    }

    /// <summary>A keeper that holds its topic in memory.</summary>
    public static IServiceCollection AddKept<T>(this IServiceCollection services) where T : class, IKeptFresh =>
        services.AddSingleton<T>().AddSingleton<IKeptFresh>(s => s.GetRequiredService<T>());
}
