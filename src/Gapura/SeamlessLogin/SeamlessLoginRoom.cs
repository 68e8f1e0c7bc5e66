namespace Gapura.SeamlessLogin;

internal static class SeamlessLoginRoom
{
    public static IServiceCollection AddSeamlessLogin(this IServiceCollection services, SeamlessLoginOptions options) => services
        .AddSingleton(options)
        .AddSingleton<LoginTickets>()
        .AddSingleton<Popups>()
        .AddSingleton<HandingOver>()
        .AddSingleton<PopupSignIn>()
        .AddSingleton<PopupPages>();
}
