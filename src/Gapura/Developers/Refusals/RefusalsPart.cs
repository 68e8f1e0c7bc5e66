namespace Gapura.Developers.Refusals;

internal static class RefusalsPart
{
    public static IServiceCollection AddRefusals(this IServiceCollection services) => services;

    public static void MapRefusals(this IEndpointRouteBuilder routes)
    {
    }
}
