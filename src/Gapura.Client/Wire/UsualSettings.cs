using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Gapura.Client.Wire;

/// <summary>What the environment says where the code is silent.</summary>
internal sealed class UsualSettings(IServiceProvider services)
{
    // A program without a configuration is complete, too.
    private readonly IConfiguration? _configuration = services.GetService<IConfiguration>();

    public string Issuer(string said) => Or(said, "GAPURA_ISSUER", "Gapura:Issuer");

    public string ClientId(string said) => Or(said, "GAPURA_CLIENT_ID", "Gapura:ClientId");

    public string ApiKey(string said) => Or(said, "GAPURA_API_KEY", "Gapura:ApiKey");

    private string Or(string said, string variable, string key) => said.Length > 0 ? said : _configuration?[variable] ?? _configuration?[key] ?? "";
}
