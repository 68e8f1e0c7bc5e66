namespace Gapura.Developers.Refusals;

/// <summary><c>/developers</c>: where a partner's developer begins; <c>/developers/refusals</c>: why a request was refused.</summary>
internal static class RefusalsPart
{
    public static IServiceCollection AddRefusals(this IServiceCollection services) => services;

    public static void MapRefusals(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(DeveloperPages.Address, DeveloperPages.Start);
        routes.MapGet(DeveloperPages.RefusalsAddress, DeveloperPages.Ask);
        routes.MapPost(DeveloperPages.RefusalsAddress, DeveloperPages.Show);
    }
}
