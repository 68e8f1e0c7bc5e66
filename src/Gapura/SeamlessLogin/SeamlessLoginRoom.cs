namespace Gapura.SeamlessLogin;

internal static class SeamlessLoginRoom
{
    public static IServiceCollection AddSeamlessLogin(this IServiceCollection services, SeamlessLoginOptions options) => services.AddSingleton(options);
}
