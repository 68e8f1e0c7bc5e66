using System.CommandLine;
using Gapura.OpenId.Registration;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura registration-token …</c></summary>
internal static class RegistrationTokenCommands
{
    public static Command Build(TimeProvider time) => new("registration-token", "What lets a program register platforms by itself at /oauth/register (RFC 7591). Such a platform is of OpenID Connect alone.")
    {
        Issue(time), List(time), Revoke(time),
    };

    private static Command Issue(TimeProvider time)
    {
        Option<string> company = new("--company") { Description = "namaPerusahaan: whose platforms it registers; people are told", HelpName = "COMPANY", Required = true };
        Option<string> expires = new("--expires-in", "--expires") { Description = "For how long, such as 12h or 30d", HelpName = "SPAN", DefaultValueFactory = _ => "7d" };
        Option<int> uses = new("--uses") { Description = "How many platforms it registers", HelpName = "N", DefaultValueFactory = _ => 1 };
        var command = new Command("issue", "Make one. It is shown this once.") { company, expires, uses };
        command.SetAction(async (said, ct) =>
        {
            var expiresAt = time.GetUtcNow() + Given.Span(said.GetRequiredValue(expires));
            var whose = Given.Line("The company", said.GetRequiredValue(company), 100);
            var count = said.GetValue(uses) is >= 1 and <= 10_000 and var n ? n : throw new RefusedException("--uses must be 1 to 10000.");
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var (stored, token) = await here.Get<RegistrationTokens>().Issue(whose, count, expiresAt, ct);
            said.Answer().One(new RegistrationTokenIssued(stored.Id, token.Reveal(), stored.Company, stored.UsesLeft, stored.ExpiresAt), CommandJson.Plain.RegistrationTokenIssued,
                "Registration token issued. It is shown this once: hand it over by a safe way.",
                [("Token", token.Reveal()), ("Id", stored.Id), ("Company", stored.Company), ("Uses", $"{stored.UsesLeft}"), ("Expires", Answer.Minute(stored.ExpiresAt))]);
        });
        return command;
    }

    private static Command List(TimeProvider time)
    {
        var command = new Command("list", "All of them. The tokens themselves are not kept, only their hashes.");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var now = time.GetUtcNow();
            RegistrationTokenShown[] all = [.. (await here.Get<RegistrationTokens>().List(ct)).Select(t => RegistrationTokenShown.Of(t, now))];
            said.Answer().Many(all, CommandJson.Plain.IReadOnlyListRegistrationTokenShown, "No registration token. `gapura registration-token issue --company COMPANY` makes one.",
                ["Id", "Company", "State", "Uses left", "Issued", "Expires"], t => [t.Id, t.Company, t.State, $"{t.UsesLeft}", Answer.Minute(t.IssuedAt), Answer.Minute(t.ExpiresAt)]);
        });
        return command;
    }

    private static Command Revoke(TimeProvider time)
    {
        var command = new Command("revoke", "Refuse one from now on. Platforms that were registered with it stay.");
        var subject = new Subject(command, "ID", "--id", "Its id, 16 hex digits, as `registration-token list` shows it");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var tokens = here.Get<RegistrationTokens>();
            var revoked = await tokens.Revoke(subject.Of(said), ct);
            var token = (await tokens.List(ct)).FirstOrDefault(t => t.Id == subject.Of(said))
                ?? throw new RefusedException("There is no registration token with this id. `gapura registration-token list` shows all; the id is not the token.");
            var shown = RegistrationTokenShown.Of(token, time.GetUtcNow());
            said.Answer().One(shown, CommandJson.Plain.RegistrationTokenShown, revoked ? "Registration token revoked." : "This registration token was revoked before.",
                [("Id", shown.Id), ("Company", shown.Company), ("State", shown.State), ("Uses left", $"{shown.UsesLeft}")]);
        });
        return command;
    }
}

/// <param name="Token">The token itself: nowhere else and never again.</param>
internal sealed record RegistrationTokenIssued(string Id, string Token, string Company, int Uses, DateTimeOffset ExpiresAt);

/// <param name="State"><c>live</c>, <c>used</c>, <c>expired</c> or <c>revoked</c>.</param>
internal sealed record RegistrationTokenShown(string Id, string Company, string State, int UsesLeft, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt)
{
    public static RegistrationTokenShown Of(RegistrationToken t, DateTimeOffset now) =>
        new(t.Id, t.Company, t.IsLive(now) ? "live" : t.RevokedAt is not null ? "revoked" : t.UsesLeft == 0 ? "used" : "expired", t.UsesLeft, t.IssuedAt, t.ExpiresAt, t.RevokedAt);
}
