namespace Gapura.Audit;

internal static class AuditRoom
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditLog>()
        .AddSingleton<AuditSeals>().AddHostedService<AuditSealing>();
}
