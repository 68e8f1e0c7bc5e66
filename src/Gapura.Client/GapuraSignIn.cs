using Gapura.Client.SignIn;
using Gapura.Client.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Gapura.Client;

/// <summary>For sites: people sign in with Gapura and have a cookie of yours.</summary>
public static class GapuraSignIn
{
    /// <summary>
    /// Adds <see cref="GapuraClient"/>, a cookie, and what <see cref="MapGapuraSignIn"/> needs. Whoever is asked for by
    /// <c>RequireAuthorization()</c> and not signed in goes to <c>/gapura/sign-in</c>.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">How people sign in; null for the usual way.</param>
    /// <param name="client">What the configuration does not say of the server and your platform; null for nothing.</param>
    public static AuthenticationBuilder AddGapuraSignIn(this IServiceCollection services, Action<GapuraSignInOptions>? configure = null, Action<GapuraClientOptions>? client = null)
    {
        services.AddGapuraClient(client);
        services.AddDataProtection();
        services.AddOptions<GapuraSignInOptions>().Configure(configure ?? (_ => { }));
        services.TryAddSingleton(s => new IssuerKeys(() => s.GetRequiredService<GapuraClient>().KeySet(), s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<Attempts>();
        services.TryAddScoped<People>();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<IOptions<GapuraSignInOptions>>((cookie, said) =>
            {
                cookie.ExpireTimeSpan = said.Value.Lifetime;
                if (said.Value.IsHttps) cookie.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            });
        return services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            (cookie.LoginPath, cookie.LogoutPath, cookie.ReturnUrlParameter) = (SignInEndpoints.SignInPath, SignInEndpoints.SignOutPath, "returnUrl");
            (cookie.Cookie.Name, cookie.Cookie.HttpOnly, cookie.Cookie.SameSite, cookie.SlidingExpiration) = ("gapura", true, SameSiteMode.Lax, true);
        });
    }

    /// <summary>
    /// <c>/gapura/sign-in</c> (the whole page goes to the server and comes back; needs no script), <c>/gapura/ticket</c> (for
    /// the popup: <c>{token, issuer}</c>), <c>/gapura/callback</c> (register it as redirect URI), <c>/gapura/sign-out</c>
    /// (POST), <c>/gapura/page.js</c>.
    /// </summary>
    public static IEndpointConventionBuilder MapGapuraSignIn(this IEndpointRouteBuilder routes) => SignInEndpoints.Map(routes);
}
