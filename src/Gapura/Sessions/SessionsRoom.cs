namespace Gapura.Sessions;

internal static class SessionsRoom
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services;
}
