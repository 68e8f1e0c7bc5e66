using Gapura.Storage;

namespace Gapura.OpenId;

internal static class OpenIdRoom
{
    public static IServiceCollection AddOpenId(this IServiceCollection services) => services
        .AddSingleton<ClientAuthentication>()
        .AddSingleton<AuthorizationCodes>().AddSingleton<ISwept>(s => s.GetRequiredService<AuthorizationCodes>())
        .AddSingleton<Consents>().AddSingleton<AskedAgain>().AddSingleton<AuthorizationAnswers>();
}
