using System.Security.Cryptography;
using Gapura.Accounts;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.Tests;

/// <summary>Valid things to start from; a test breaks one thing of them.</summary>
internal static class Seed
{
    public static readonly TokenOptions Tokens = new() { Issuer = Origin("https://id.example.go.id"), Audience = "https://api.example.go.id" };

    public static WebOrigin Origin(string text) => WebOrigin.TryParse(text, out var origin) ? origin : throw new ArgumentException(text, nameof(text));

    public static Account Account(string username, FakeClock clock) => new()
    {
        Id = PublicId.New(clock), Username = username, Name = "Coba Jualan", Email = "coba@example.com", Phone = "+628123456789", Npwp = "018263453454543", CreatedAt = clock.Now,
    };

    public static Platform Platform(string clientId, FakeClock clock) => new()
    {
        ClientId = clientId, Name = "TauTauBeres.id", Company = "PT Tau Tau Beres", Description = "Jual beli", Domain = Origin($"https://{clientId}.example.com"), CreatedAt = clock.Now,
    };

    public static Device Device(string accountId, FakeClock clock) => new()
    {
        Id = PublicId.New(clock), AccountId = accountId, PublicKey = "04" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(64)), Name = "Ponsel", EnrolledAt = clock.Now,
    };

    public static Grant Grant(string accountId, string clientId, FakeClock clock, string? deviceId = null) => new()
    {
        Id = PublicId.New(clock), AccountId = accountId, ClientId = clientId, DeviceId = deviceId, Door = deviceId is null ? Door.Seamless : Door.Qr, GrantedAt = clock.Now,
    };

    /// <summary>An account and a platform, stored.</summary>
    public static async Task<(Account Account, Platform Platform)> People(Database database, FakeClock clock)
    {
        var account = Account("coba", clock);
        var platform = Platform("ttb", clock);
        if (!await new AccountRegister(database, clock).TryAdd(account, null, CancellationToken.None)) throw new InvalidOperationException();
        if (!await new PlatformRegister(database, new Revisions(database), clock).TryAdd(platform, CancellationToken.None)) throw new InvalidOperationException();
        return (account, platform);
    }
}
