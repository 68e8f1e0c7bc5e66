using Gapura.Audit;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.Hosting.Commands.Sandboxes;

/// <param name="ApiKey">The live key itself: nowhere else and never again.</param>
/// <param name="EndedSignIns">How many sign-ins of test people were ended.</param>
internal sealed record PromotedShown(string ClientId, string ApiKey, int EndedSignIns, PlatformShown Platform)
{
    public override string ToString() => ClientId;
}

/// <summary>A sandbox becomes a platform: real people only, what test people had open is over, the keys of the trial are dead, one live key is issued. All of it or nothing.</summary>
internal static class Promotion
{
    /// <param name="platform">As it shall be: its addresses may be others than those it was tried out at.</param>
    /// <exception cref="RefusedException">It is no sandbox.</exception>
    public static Task<PromotedShown> Of(OpenInstallation here, Platform platform, TimeProvider time, CancellationToken ct) => here.Database.Write(async sql =>
    {
        // First of all the platform's row is held: a test person's sign-in of this moment comes before, and is ended, or after, and is refused.
        if (!await PlatformRegister.Promote(sql, platform)) throw NoSandbox(platform.ClientId);
        var ended = await here.Get<Grants>().RevokeOfPlatform(sql, platform.ClientId);

        // What test people agreed to is nobody's will.
        await sql.Execute("DELETE FROM consents WHERE client_id = @ClientId", new { platform.ClientId });
        var keys = here.Get<ApiKeys>();
        await keys.RevokeAll(sql, platform.ClientId);
        var (_, key) = await keys.Issue(sql, platform.ClientId, expiresAt: null) ?? throw new InvalidOperationException("All keys were revoked.");
        await here.Get<AuditLog>().Note(sql, new AuditEntry
        {
            Id = PublicId.New(time), At = time.GetUtcNow(), Action = AuditAction.PlatformPromoted, Actor = Hand.Operator.Actor, ClientId = platform.ClientId, Details = $"ended {ended}",
        });
        return new PromotedShown(platform.ClientId, key.Reveal(), ended, PlatformShown.Of(platform with { IsSandbox = false }));
    }, ct);

    public static RefusedException NoSandbox(string clientId) => new($"Platform '{clientId}' is not a sandbox; nothing was changed. `gapura platform show {clientId}` shows it.");
}
