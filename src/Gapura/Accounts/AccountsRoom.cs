using Gapura.Storage;

namespace Gapura.Accounts;

internal static class AccountsRoom
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<AccountRegister>()
        .AddSingleton(_ => new Passwords(Sodium.Load()))
        .AddSingleton<Failures>()
        .AddSingleton<ISwept>(s => s.GetRequiredService<Failures>())
        .AddSingleton<NpwpReleases>().AddSingleton<ISwept>(s => s.GetRequiredService<NpwpReleases>())
        .AddSingleton<PasswordCheck>();
}
