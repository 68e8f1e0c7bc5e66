using Gapura.Client.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Gapura.Client;

/// <summary>Puts <see cref="GapuraClient"/> into a container.</summary>
public static class GapuraClientServices
{
    /// <summary>A typed <see cref="HttpClient"/>; options that are missing or cannot be right stop the program at its start.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">What the configuration does not say; null for nothing.</param>
    public static IHttpClientBuilder AddGapuraClient(this IServiceCollection services, Action<GapuraClientOptions>? configure = null)
    {
        services.TryAddSingleton<UsualSettings>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<GapuraClientOptions>()
            .Configure(configure ?? (_ => { }))
            .PostConfigure<UsualSettings>((options, usual) => (options.Issuer, options.ClientId, options.ApiKey) = (usual.Issuer(options.Issuer), usual.ClientId(options.ClientId), usual.ApiKey(options.ApiKey)))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GapuraClientOptions>, GapuraClientCheck>());
        return services.AddHttpClient<GapuraClient>().ConfigurePrimaryHttpMessageHandler(GapuraHttp.NewHandler);
    }
}

/// <summary>What can be told from options alone.</summary>
internal sealed class GapuraClientCheck : IValidateOptions<GapuraClientOptions>
{
    public ValidateOptionsResult Validate(string? name, GapuraClientOptions options)
    {
        List<string> problems = [];
        if (IssuerAddress.Problem(options.Issuer) is { } issuer) problems.Add(issuer);
        if (options.ClientId.Length == 0) problems.Add("ClientId is missing: set it, or GAPURA_CLIENT_ID, to your platform's client id.");
        if (options.ApiKey.Length == 0) problems.Add("ApiKey is missing: set it, or GAPURA_API_KEY, to your platform's API key.");
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromMinutes(5)) problems.Add("Timeout must be more than nothing and at most five minutes.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
