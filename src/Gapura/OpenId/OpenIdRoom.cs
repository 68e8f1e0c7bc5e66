namespace Gapura.OpenId;

internal static class OpenIdRoom
{
    public static IServiceCollection AddOpenId(this IServiceCollection services) => services.AddSingleton<ClientAuthentication>();
}
