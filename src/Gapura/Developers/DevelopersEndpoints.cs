using Gapura.Developers.Reference;
using Gapura.Developers.Refusals;
using Gapura.Developers.Sdk;

namespace Gapura.Developers;

/// <summary>What a partner's developer comes for: scripts for their pages, the reference, and why something was refused.</summary>
internal static class DevelopersEndpoints
{
    public static void MapDevelopers(this IEndpointRouteBuilder routes)
    {
        routes.MapSdk();
        routes.MapRefusals();
        routes.MapReference();
    }
}
