namespace Gapura.Authenticator;

internal static class AuthenticatorRoom
{
    public static IServiceCollection AddAuthenticator(this IServiceCollection services) => services.AddSingleton<AuthenticatorFiles>();
}
