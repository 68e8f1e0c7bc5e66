namespace Gapura.QrAuth;

internal static class QrAuthRoom
{
    public static IServiceCollection AddQrAuth(this IServiceCollection services, QrAuthOptions options) => services
        .AddSingleton(options)
        .AddSingleton<QrChallenges>()
        .AddSingleton<QrApproval>()
        .AddSingleton<QrCollect>();
}
