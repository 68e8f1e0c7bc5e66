using Gapura.Storage;

namespace Gapura.Tokens;

internal static class TokensRoom
{
    public static IServiceCollection AddTokens(this IServiceCollection services, TokenOptions options) => services
        .AddSingleton(options)
        .AddKept<SigningKeys>()
        .AddSingleton<Mint>().AddSingleton<NamedTokens>().AddSingleton<Subjects>().AddSingleton<RevokedTokens>()
        .AddSingleton<Grants>().AddSingleton<RefreshTokens>().AddSingleton<OpenGrants>()
        .AddSingleton<AuthorizationCodes>().AddSingleton<ISwept>(s => s.GetRequiredService<AuthorizationCodes>())

        // Refresh tokens go before their grants do.
        .AddSingleton<ISwept>(s => s.GetRequiredService<RefreshTokens>())
        .AddSingleton<ISwept>(s => s.GetRequiredService<Grants>());
}
