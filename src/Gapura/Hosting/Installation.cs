using Gapura.Accounts;
using Gapura.Audit;
using Gapura.Authenticator;
using Gapura.Developers;
using Gapura.Devices;
using Gapura.OpenId;
using Gapura.Platforms;
using Gapura.QrAuth;
using Gapura.SeamlessLogin;
using Gapura.Sessions;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.Hosting;

/// <summary>The rooms put together over an opened database: what the server and every command stand on.</summary>
internal static class Installation
{
    /// <summary>Opens the database and the master key that belong to these settings.</summary>
    /// <exception cref="DatabaseUnavailableException">Says what is in the way and what mends it.</exception>
    /// <param name="bounded">As for <see cref="Database.At"/>.</param>
    public static async Task<(Database Database, MasterKey Master)> Open(Settings settings, TimeProvider time, CancellationToken ct, bool bounded = false)
    {
        if (settings.MasterKey is null && Database.IsFile(settings.Database) && File.Exists(settings.Database) && !File.Exists(MasterKeyPath(settings)))
            throw new DatabaseUnavailableException($"There is a database but no {MasterKeyPath(settings)}: restore that file (or the setting MasterKey) from the backup that belongs to this database.");
        if (!Directory.Exists(settings.DataDirectory)) MakePrivate(settings.DataDirectory);
        var master = MasterKey.Load(settings.MasterKey, MasterKeyPath(settings));
        return (await Database.Open(settings.Database, time, ct, bounded), master);
    }

    public static string MasterKeyPath(Settings settings) => Path.Combine(settings.DataDirectory, "master.key");

    public static IServiceCollection AddGapura(this IServiceCollection services, Settings settings, Database database, MasterKey master, TimeProvider time) => services
        .AddSingleton(settings)
        .AddStorage(database, master, time)
        .AddAudit()
        .AddAccounts()
        .AddPlatforms(settings.ApiKeyHeaders, new OwnPlatform(settings.Tokens.Issuer, settings.Brand))
        .AddTokens(settings.Tokens)
        .AddDevices(new DevicesOptions { Issuer = settings.QrAuth.Issuer, Version = settings.QrAuth.Version }, settings.Push)
        .AddSessions(new SessionsOptions { Origin = settings.Tokens.Issuer, Brand = settings.Brand, CountryHeader = settings.CountryHeader })
        .AddPhoneApi()
        .AddQrAuth(settings.QrAuth)
        .AddSeamlessLogin(settings.SeamlessLogin)
        .AddOpenId(settings.Certificates.Options)
        .AddAuthenticator()
        .AddDevelopers()
        .AddSingleton<Refused.Attribution>();

    // Password hashes and people's names lie in it: no business of the machine's other users.
    private static void MakePrivate(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
