using Gapura.Storage;

namespace Gapura.Sessions;

internal static class SessionsRoom
{
    public static IServiceCollection AddSessions(this IServiceCollection services, SessionsOptions options) => services
        .AddSingleton(options)
        .AddSingleton<BrowserCookies>()
        .AddSingleton<LogoutNotices>().AddSingleton<SessionEnding>()
        .AddSingleton<BrowserSessions>().AddSingleton<ISwept>(s => s.GetRequiredService<BrowserSessions>())
        .AddSingleton<FamiliarBrowsers>().AddSingleton<ISwept>(s => s.GetRequiredService<FamiliarBrowsers>())
        .AddSingleton<Visitors>().AddSingleton<SignInAudit>()
        .AddSingleton<PasswordSignIn>()
        .AddSingleton<PhoneSignIn>()
        .AddSingleton<SignedIn>()
        .AddSingleton<PageAnswers>()
        .AddSingleton<SignOut>().AddSingleton<FrontChannel>().AddSingleton<SignedOutAnswers>();
}
