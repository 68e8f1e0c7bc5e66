using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Gapura.Platforms;

/// <summary>Whose pages may read our answers (Fetch standard, CORS): registered origins, as they stand at the moment of the request.</summary>
internal static class PartnerOrigins
{
    /// <summary>Registered origins only; without cookies.</summary>
    public const string Registered = "registered origins";

    /// <summary>As <see cref="Registered"/>, for calls that may prove a key (DPoP).</summary>
    public const string RegisteredWithKey = "registered origins with a key";

    /// <summary>As <see cref="RegisteredWithKey"/>, for calls that show an access token.</summary>
    public const string RegisteredWithToken = "registered origins with a token";

    /// <summary>Public documents such as key sets.</summary>
    public const string Any = "any origin";

    /// <summary>What a page may ask before it is known whether it is registered; without cookies.</summary>
    public const string AnyByPost = "any origin by POST";

    // What a page must read to prove the possession of its key (RFC 9449 sections 7.1 and 8).
    private static readonly string[] Told = ["DPoP-Nonce", "WWW-Authenticate"];

    public static IServiceCollection AddPartnerOrigins(this IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<PlatformRegister>((cors, platforms) =>
        {
            cors.AddPolicy(Registered, policy => policy.SetIsOriginAllowed(platforms.HasOrigin).WithMethods("POST").WithHeaders("content-type").SetPreflightMaxAge(TimeSpan.FromMinutes(10)));
            cors.AddPolicy(RegisteredWithKey, policy => policy.SetIsOriginAllowed(platforms.HasOrigin).WithMethods("POST").WithHeaders("content-type", "dpop").WithExposedHeaders(Told).SetPreflightMaxAge(TimeSpan.FromMinutes(10)));
            cors.AddPolicy(RegisteredWithToken, policy => policy.SetIsOriginAllowed(platforms.HasOrigin).WithMethods("GET", "POST").WithHeaders("authorization", "content-type", "dpop").WithExposedHeaders(Told).SetPreflightMaxAge(TimeSpan.FromMinutes(10)));
            cors.AddPolicy(Any, policy => policy.AllowAnyOrigin().WithMethods("GET"));
            cors.AddPolicy(AnyByPost, policy => policy.AllowAnyOrigin().WithMethods("POST").WithHeaders("content-type").SetPreflightMaxAge(TimeSpan.FromMinutes(10)));
        });
        return services;
    }
}
