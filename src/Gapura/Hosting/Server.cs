using Gapura.Accounts;
using Gapura.Authenticator;
using Gapura.Developers;
using Gapura.Hosting.Refused;
using Gapura.OpenId;
using Gapura.Protocol.Signatures;
using Gapura.QrAuth;
using Gapura.SeamlessLogin;
using Gapura.Sessions;
using Gapura.Sessions.Pages;
using Gapura.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Gapura.Hosting;

/// <summary>The running server: rooms put together, routes mapped, requests answered until it is told to stop.</summary>
internal static partial class Server
{
    // For requests under way when the server is told to stop. One that has not ended by then never will.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // No room reads more than 16 KiB. What is beyond is thrown away as it comes, up to here, so that the caller hears the
    // refusal; beyond this the connection is closed in the middle of the request.
    private const int LargestRequest = 4 * 1024 * 1024;

    /// <returns>Exit code: 0 after a clean stop.</returns>
    /// <exception cref="SettingsException">An address cannot be listened on.</exception>
    /// <exception cref="DatabaseUnavailableException">The database or its keys cannot be opened.</exception>
    public static async Task<int> Run(Settings settings, TextWriter output, CancellationToken ct)
    {
        var (database, master) = await Installation.Open(settings, TimeProvider.System, ct, bounded: true);
        await using var opened = database;
        var time = await StoreClock.Of(database, TimeProvider.System, ct);
        await using var app = Build(settings, database, master, time);
        await app.Services.GetRequiredService<FreshnessWatch>().FirstFill(ct);
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new SettingsException($"The address {settings.Urls} is in use by another program. Stop it, or choose another with --urls.");
        }

        NativeLibraries(app.Logger, app.Services.GetRequiredService<VerifierChoice>().ToString(), app.Services.GetRequiredService<Passwords>().Algorithm, database.Name);
        await output.WriteLineAsync($"Gapura listens on {string.Join(", ", app.Urls)} as {settings.Tokens.Issuer}");
        _ = GiveBack(app.Lifetime.ApplicationStopping);
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    // What starting left behind goes back to the system once the first requests are answered. By itself the collector looks
    // when much has been allocated since, which on a quiet night is in the morning.
    private static async Task GiveBack(CancellationToken stopping)
    {
        await Task.Delay(TimeSpan.FromSeconds(3), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopping.IsCancellationRequested) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    internal static WebApplication Build(Settings settings, Database database, MasterKey master, TimeProvider time)
    {
        // The program's own folder, never the caller's: whatever lies in a working directory is not ours to read.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(Server).Assembly.GetName().Name });
        builder.WebHost.UseUrls(settings.Urls).UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;

            // Any certificate may be shown: whether it is somebody's is decided where its platform is known.
            if (settings.Certificates.IsAsked) kestrel.ConfigureHttpsDefaults(https => (https.ClientCertificateMode, https.ClientCertificateValidation) = (ClientCertificateMode.AllowCertificate, (_, _, _) => true));
        });
        var log = builder.Logging.AddLog();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
        builder.Services.AddRazorComponents();
        WithoutKeysOfItsOwn(builder.Services);
        builder.Services.AddGapura(settings, database, master, time);

        var app = builder.Build();
        log.Follow(app.Lifetime);
        app.UseProxyCertificates(settings.Certificates.Header, settings.TrustedProxies);
        app.UseProxyHeaders(settings.TrustedProxies);
        app.UseRefusedWatch();
        app.UseFaults();
        app.UseCommonHeaders(settings);
        app.UseRouting();
        app.UseCorsWhereAllowed();
        app.UseFreshness();
        app.MapQrAuth();
        app.MapSeamlessLogin();
        app.MapOpenId();
        app.MapAccount();
        app.MapDevices();
        app.MapPhone();
        app.MapPageAssets();
        app.MapAuthenticator();
        app.MapDevelopers();
        app.MapHealth();
        app.MapFallback(Faults.NothingHere);
        return app;
    }

    // The pages' framework would make keys at every start and leave them in the home directory. Nothing here uses them:
    // our forms are held to their origin, and our secrets lie under the master key.
    private static void WithoutKeysOfItsOwn(IServiceCollection services)
    {
        foreach (var one in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true).ToList())
            services.Remove(one);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Signatures: {Verifier}. Passwords: {Passwords}. Database: {Database}.")]
    private static partial void NativeLibraries(ILogger log, string verifier, string passwords, string database);
}
