namespace Gapura.Developers.Reference;

internal static class ReferencePart
{
    public static IServiceCollection AddReference(this IServiceCollection services) => services;

    public static void MapReference(this IEndpointRouteBuilder routes)
    {
    }
}
