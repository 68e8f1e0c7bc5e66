namespace Gapura.OpenId.Neighbours;

internal static class NeighbourServices
{
    public static IServiceCollection AddNeighbours(this IServiceCollection services) => services
        .AddSingleton<Bearers>().AddSingleton<OldWays>().AddSingleton<OldRequests>().AddSingleton<KeyRegistration>();
}
