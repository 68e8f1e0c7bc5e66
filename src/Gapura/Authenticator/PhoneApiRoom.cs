namespace Gapura.Authenticator;

internal static class PhoneApiRoom
{
    public static IServiceCollection AddPhoneApi(this IServiceCollection services) => services
        .AddSingleton<PhoneSessions>()
        .AddSingleton<SignInHistory>()
        .AddSingleton<SignInReports>();
}
