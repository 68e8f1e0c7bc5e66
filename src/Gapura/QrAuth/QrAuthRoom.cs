namespace Gapura.QrAuth;

internal static class QrAuthRoom
{
    public static IServiceCollection AddQrAuth(this IServiceCollection services, QrAuthOptions options) => services
        .AddSingleton(options)
        .AddSingleton<QrChallenges>().AddSingleton<Screens>()
        .AddSingleton<QrPhones>().AddSingleton<QrAudit>()
        .AddSingleton<QrScan>().AddSingleton<QrDenial>().AddSingleton<QrApproval>()
        .AddSingleton<QrStates>().AddSingleton<QrEvents>().AddSingleton<QrTypedCode>().AddSingleton<QrCollect>();
}
