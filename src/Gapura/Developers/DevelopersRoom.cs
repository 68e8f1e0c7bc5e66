using Gapura.Developers.Reference;
using Gapura.Developers.Refusals;
using Gapura.Developers.Sdk;

namespace Gapura.Developers;

internal static class DevelopersRoom
{
    public static IServiceCollection AddDevelopers(this IServiceCollection services) => services.AddSdk().AddRefusals().AddReference();
}
