using System.CommandLine;
using System.Globalization;
using Gapura.Accounts;
using Gapura.Audit;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura audit …</c></summary>
internal static class AuditCommands
{
    private const int UsualLast = 50;
    private const int MostLast = 10_000;

    public static Command Build(TimeProvider time) => new("audit", "Who did what, and whether that record is whole.") { List(time), Verify(time) };

    private static Command List(TimeProvider time)
    {
        Option<string?> account = new("--account", "--username") { Description = "User name: only what happened to this account", HelpName = "USERNAME" };
        Option<int?> last = new("--last") { Description = $"How many, 1 to {MostLast}; usually {UsualLast}", HelpName = "N" };
        var command = new Command("list", "The last entries, newest first.") { account, last };
        last.Validators.Add(result =>
        {
            if (result.Tokens is not [var said] || !int.TryParse(said.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MostLast)
                result.AddError($"--last must be 1 to {MostLast}.");
        });
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var owner = said.GetValue(account) is { } username ? await AccountCommands.Find(here, username, ct) : null;
            var names = (await here.Get<AccountRegister>().List(ct)).ToDictionary(a => a.Id, a => a.Username, StringComparer.Ordinal);
            AuditShown[] entries = [.. (await here.Get<AuditLog>().Last(owner?.Id, said.GetValue(last) ?? UsualLast, ct)).Select(e => AuditShown.Of(e, e.AccountId is null ? null : names.GetValueOrDefault(e.AccountId)))];
            said.Answer().Many(entries, CommandJson.Plain.IReadOnlyListAuditShown, "Nothing was written down yet.",
                ["At", "Action", "By", "Account", "Platform", "Browser", "System", "Network", "Country", "Details"],
                e => [Answer.Minute(e.At), e.Action, e.Actor, e.Account, e.ClientId, e.Browser, e.System, e.Network, e.Country, e.Details]);
        });
        return command;
    }

    private static Command Verify(TimeProvider time)
    {
        Option<string?> kept = new("--kept") { Description = "A seal that an earlier `audit verify` printed, kept elsewhere: it must still be there, and the same", HelpName = "NUMBER:HASH" };
        var command = new Command("verify", "Compute every seal over the audit again. Exit code 1 when one does not hold: an entry was changed, removed or added.") { kept };
        command.SetAction(async (said, ct) =>
        {
            var witness = said.GetValue(kept) is not { } text ? null
                : KeptSeal.Parse(text) ?? throw new RefusedException("--kept must be a seal as `gapura audit verify` prints it: its number, a colon, 64 hex digits.");
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var verdict = await here.Get<AuditSeals>().Verify(witness, ct);
            var shown = new AuditVerdictShown(verdict.Broken is null, verdict.Seals, verdict.Entries, verdict.Unsealed, verdict.Last?.ToString(), verdict.Broken?.Number, verdict.Broken?.Why);
            said.Answer().One(shown, CommandJson.Plain.AuditVerdictShown, verdict.Broken is null ? "The audit is whole." : "The audit is broken.",
            [
                ("Seals", Number(shown.Seals)), ("Entries", Number(shown.Entries)), ("Not sealed yet", Number(shown.Unsealed)), ("Last seal", shown.LastSeal),
                ("Broken seal", shown.BrokenSeal is { } number ? Number(number) : null), ("Why", shown.Why),
            ]);
            return shown.Whole ? 0 : GapuraCommandLine.Refused;
        });
        return command;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Actor"><c>account</c>, <c>device</c>, <c>operator</c> or <c>server</c>.</param>
/// <param name="Account">User name; null where none is meant.</param>
internal sealed record AuditShown(
    string Id, DateTimeOffset At, string Action, string Actor, string? Account, string? ClientId, string? DeviceId, string? GrantId,
    string? Browser, string? System, string? Network, string? Country, string? Details)
{
    public static AuditShown Of(AuditEntry e, string? account) =>
        new(e.Id, e.At, e.Action, e.Actor, account, e.ClientId, e.DeviceId, e.GrantId, e.Browser, e.System, e.Network, e.Country, e.Details);
}

/// <param name="LastSeal"><c>number:hash</c>, to be kept elsewhere; the last one that holds.</param>
/// <param name="BrokenSeal">The first that does not hold; null when all do.</param>
internal sealed record AuditVerdictShown(bool Whole, long Seals, long Entries, long Unsealed, string? LastSeal, long? BrokenSeal, string? Why);
