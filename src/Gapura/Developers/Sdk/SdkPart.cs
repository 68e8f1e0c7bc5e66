namespace Gapura.Developers.Sdk;

internal static class SdkPart
{
    public static IServiceCollection AddSdk(this IServiceCollection services) => services;

    public static void MapSdk(this IEndpointRouteBuilder routes)
    {
    }
}
