using Gapura.Audit;
using Gapura.Devices;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Tokens;

namespace Gapura.Authenticator;

/// <summary>What a person sees of the sign-ins in their name: the audit, told in words for people.</summary>
internal sealed class SignInHistory(
    AuditLog audit, SignInReports reports, RefreshTokens tokens, BrowserSessions sessions, DeviceRegister devices, PlatformRegister platforms)
{
    private const int Shown = 50;

    public async Task<IReadOnlyList<SignInAnswer>> Of(string accountId, CancellationToken ct)
    {
        var entries = await audit.SignIns(accountId, Shown, ct);
        if (entries.Count == 0) return [];
        var reported = await reports.Since(accountId, entries[^1].At, ct);
        var open = (await tokens.OpenGrants(accountId, ct)).ToHashSet(StringComparer.Ordinal);
        var opened = (await sessions.OpenedByPassword(accountId, ct)).ToHashSet();
        var phones = (await devices.Of(accountId, ct)).ToDictionary(d => d.Id, d => d.Name, StringComparer.Ordinal);
        var names = (await platforms.Names(ct)).ToDictionary(p => p.ClientId, StringComparer.Ordinal);
        return [.. entries.Select(e => new SignInAnswer(
            e.Id, e.At.ToUnixTimeSeconds(), Platform(e), Outcome(e), e.Actor == "device" ? "qr" : "password", e.Browser, e.System, e.Country, e.Network,
            e.DeviceId is null ? null : phones.GetValueOrDefault(e.DeviceId), IsStanding(e)))];

        string Outcome(AuditEntry e) => reported.Contains(e.Id) ? "reported" : e.Action == AuditAction.SignInApproved ? "approved" : "declined";

        SignInPlatform Platform(AuditEntry e) => names.GetValueOrDefault(e.ClientId ?? "") is { } p ? new(p.ClientId, p.Name, p.Domain.Text) : new(e.ClientId ?? "", e.ClientId ?? "", null);

        // Our own sign-in page opens no grant but a session, in the same instant it is written down.
        bool IsStanding(AuditEntry e) => e.Action == AuditAction.SignInApproved && (e.GrantId is { } grant ? open.Contains(grant) : opened.Contains(e.At.ToUnixTimeMilliseconds()));
    }
}
