using System.Net;
using Gapura.Storage;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;

namespace Gapura.Hosting;

/// <summary>What every request passes before it reaches a room.</summary>
internal static class Pipeline
{
    /// <summary>Believes X-Forwarded-For and -Proto from the named proxies, and from nobody else.</summary>
    public static void UseProxyHeaders(this WebApplication app, IReadOnlyList<string> trusted)
    {
        if (trusted.Count == 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = trusted.Count };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var text in trusted)
        {
            if (IPAddress.TryParse(text, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(text, out var network)) options.KnownIPNetworks.Add(network);
            else throw new SettingsException($"TrustedProxies holds '{text}', which is neither an address nor a network such as 10.0.0.0/8.");
        }

        app.UseForwardedHeaders(options);
    }

    public static void UseCommonHeaders(this WebApplication app, Settings settings)
    {
        var isSecure = settings.Tokens.Issuer.Text.StartsWith("https:", StringComparison.Ordinal);
        app.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            if (isSecure) context.Response.Headers.StrictTransportSecurity = "max-age=31536000";
            return next(context);
        });
    }

    /// <summary>CORS for what pages may call. The framework's own asks for its policies even where there is none to ask for.</summary>
    public static void UseCorsWhereAllowed(this WebApplication app) =>
        app.UseWhen(context => context.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>() is not null, cors => cors.UseCors());

    /// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: its database does too, as of a moment ago, else 503.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapGet("/readyz", async (FreshnessWatch watch, HttpContext context) => await watch.Fresh() ? Results.Text("ok") : Faults.Unavailable(context));
    }
}
