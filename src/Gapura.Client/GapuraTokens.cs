using Gapura.Client.Tokens;
using Gapura.Client.Wire;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Gapura.Client;

/// <summary>For resource APIs: who calls, by the access token that is shown.</summary>
public static class GapuraTokens
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "Gapura";

    /// <summary>Checks access tokens, and makes that the program's usual way to know who calls.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">What the configuration does not say; null for nothing.</param>
    public static AuthenticationBuilder AddGapuraTokens(this IServiceCollection services, Action<GapuraTokenOptions>? configure = null) =>
        services.AddAuthentication(Scheme).AddGapuraTokens(configure);

    /// <summary>
    /// Checks access tokens of <c>Authorization: Bearer</c> (RFC 6750) and <c>Authorization: DPoP</c> (RFC 9449). The caller's
    /// claims keep the token's names: <c>sub</c>, <c>username</c>, <c>npwp</c>, <c>client_id</c>, <c>acr</c>, <c>amr</c>, one
    /// <c>scope</c> for each word, and <c>act</c> with the name of whoever acts for the person.
    /// </summary>
    /// <param name="builder">Of <c>AddAuthentication</c>.</param>
    /// <param name="configure">What the configuration does not say; null for nothing.</param>
    /// <param name="scheme">Another name, where a program has tokens of two kinds.</param>
    public static AuthenticationBuilder AddGapuraTokens(this AuthenticationBuilder builder, Action<GapuraTokenOptions>? configure = null, string scheme = Scheme)
    {
        builder.Services.TryAddSingleton<UsualSettings>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<DpopReplays>();
        builder.Services.TryAddSingleton<DpopProofs>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<GapuraTokenOptions>, UsualTokenOptions>());
        builder.Services.AddOptions<GapuraTokenOptions>(scheme).ValidateOnStart();
        return builder.AddScheme<GapuraTokenOptions, TokenHandler>(scheme, configure);
    }

    /// <summary>Asks the server what this request's token is worth now: before something that a revoked token must not do.</summary>
    /// <param name="context">A request whose token was checked.</param>
    /// <param name="scheme">As in <see cref="AddGapuraTokens(AuthenticationBuilder, Action{GapuraTokenOptions}?, string)"/>.</param>
    /// <returns>Not active where the request shows no good token.</returns>
    /// <exception cref="GapuraException">The server cannot be asked, or refuses your API's key.</exception>
    public static async Task<Introspection> IntrospectAsync(this HttpContext context, string scheme = Scheme)
    {
        if (await context.GetTokenAsync(scheme, "access_token") is not { } token) return new Introspection { IsActive = false };
        var options = context.RequestServices.GetRequiredService<IOptionsMonitor<GapuraTokenOptions>>().Get(scheme);
        return await options.Server!.Client.IntrospectAsync(token, context.RequestAborted);
    }
}
