using Gapura.Storage;

namespace Gapura.Platforms;

internal static class PlatformsRoom
{
    public static IServiceCollection AddPlatforms(this IServiceCollection services, ApiKeyHeaders headers, OwnPlatform own) => services
        .AddSingleton(headers).AddSingleton(own)
        .AddKept<PlatformRegister>()
        .AddKept<ApiKeys>().AddSingleton<ISwept>(s => s.GetRequiredService<ApiKeys>())
        .AddSingleton<RefusedRequests>().AddSingleton<ISwept>(s => s.GetRequiredService<RefusedRequests>()).AddHostedService(s => s.GetRequiredService<RefusedRequests>())
        .AddPartnerOrigins();
}
