using Gapura.Storage;

namespace Gapura.Platforms;

internal static class PlatformsRoom
{
    public static IServiceCollection AddPlatforms(this IServiceCollection services) =>
        services.AddKept<PlatformRegister>().AddKept<ApiKeys>().AddSingleton<ISwept>(s => s.GetRequiredService<ApiKeys>());
}
