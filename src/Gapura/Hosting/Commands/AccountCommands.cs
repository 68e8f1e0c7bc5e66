using System.CommandLine;
using Gapura.Accounts;
using Gapura.Kernel;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura account …</c></summary>
internal static class AccountCommands
{
    public static Command Build(Terminal terminal, TimeProvider time) => new("account", "People who can sign in.")
    {
        Add(terminal, time), List(time), Disable(time), Enable(time), SetPassword(terminal, time),
    };

    /// <exception cref="RefusedException">There is none with this user name.</exception>
    public static async Task<Account> Find(OpenInstallation here, string username, CancellationToken ct) =>
        (await here.Get<AccountRegister>().Find(Given.Username(username), ct))?.Account
        ?? throw new RefusedException($"There is no account '{Given.Username(username)}'. `gapura account list` shows all.");

    private static Command Add(Terminal terminal, TimeProvider time)
    {
        Option<string> username = new("--username") { Description = "What the person types to sign in; capitals do not matter", HelpName = "USERNAME", Required = true };
        Option<string> name = new("--name") { Description = "The person's name", HelpName = "NAME", Required = true };
        Option<string?> email = new("--email") { Description = "E-mail address", HelpName = "ADDRESS" };
        Option<string?> phone = new("--phone") { Description = "With country, such as +628123456789", HelpName = "NUMBER" };
        Option<string?> npwp = new("--npwp") { Description = "Tax number, 15 or 16 digits", HelpName = "DIGITS" };
        var command = new Command("add", "Make an account.") { username, name, email, phone, npwp };
        var password = new PasswordOptions(command, terminal);
        command.SetAction(async (said, ct) =>
        {
            var account = new Account
            {
                Id = PublicId.New(time),
                Username = Given.Username(said.GetRequiredValue(username)),
                Name = Given.Line("The name", said.GetRequiredValue(name), 100),
                Email = said.GetValue(email) is { } address ? Given.Email(address) : null,
                Phone = said.GetValue(phone) is { } number ? Given.Phone(number) : null,
                Npwp = said.GetValue(npwp) is { } digits ? Given.Npwp(digits) : null,
                CreatedAt = time.GetUtcNow(),
            };
            var secret = await password.Read(said, account.Username, ct);
            await using var here = await OpenInstallation.ExistingOrNew(said.Settings(), time, ct);
            if (!await here.Get<AccountRegister>().TryAdd(account, await here.Get<Passwords>().Hash(secret, ct), ct))
                throw new RefusedException($"There is an account '{account.Username}' already; nothing was changed.");
            Print(said, account, "Account added.");
        });
        return command;
    }

    private static Command List(TimeProvider time)
    {
        var command = new Command("list", "All accounts.");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            AccountShown[] all = [.. (await here.Get<AccountRegister>().List(ct)).Select(AccountShown.Of)];
            said.Answer().Many(all, CommandJson.Plain.IReadOnlyListAccountShown, "No account yet. `gapura account add --help` says how.",
                ["User name", "Name", "NPWP", "E-mail", "Phone", "Added", "State"],
                a => [a.Username, a.Name, a.Npwp, a.Email, a.Phone, Answer.Minute(a.CreatedAt), a.Test ? $"test, {State(a.DisabledAt)}" : State(a.DisabledAt)]);
        });
        return command;
    }

    private static Command Disable(TimeProvider time)
    {
        var command = new Command("disable", "Sign the person out everywhere and let nobody in as them: ends sessions, grants and the use of their phones.");
        var subject = new Subject(command, "USERNAME", "--username", "Whose account", "--account");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var account = await Find(here, subject.Of(said), ct);
            await AccountEnding.Disable(here, account.Id, ct);
            Print(said, await Find(here, account.Username, ct), "Account disabled.");
        });
        return command;
    }

    private static Command Enable(TimeProvider time)
    {
        var command = new Command("enable", "Let a disabled account sign in again. What was ended stays ended.");
        var subject = new Subject(command, "USERNAME", "--username", "Whose account", "--account");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var account = await Find(here, subject.Of(said), ct);
            await here.Get<AccountRegister>().Enable(account.Id, ct);
            Print(said, await Find(here, account.Username, ct), "Account enabled.");
        });
        return command;
    }

    private static Command SetPassword(Terminal terminal, TimeProvider time)
    {
        Option<bool> signOut = new("--sign-out") { Description = "Also end the account's sessions and grants: for a password that somebody else knew" };
        var command = new Command("set-password", "Give an account a new password.") { signOut };
        var subject = new Subject(command, "USERNAME", "--username", "Whose account", "--account");
        var password = new PasswordOptions(command, terminal);
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var account = await Find(here, subject.Of(said), ct);
            var secret = await password.Read(said, account.Username, ct);
            await here.Get<AccountRegister>().SetPassword(account.Id, await here.Get<Passwords>().Hash(secret, ct), ct);
            if (said.GetValue(signOut)) await AccountEnding.SignOut(here, account.Id, ct);
            Print(said, account, "Password set.");
        });
        return command;
    }

    private static void Print(ParseResult said, Account account, string heading)
    {
        var shown = AccountShown.Of(account);
        said.Answer().One(shown, CommandJson.Plain.AccountShown, heading,
        [
            ("User name", shown.Username), ("Name", shown.Name), ("E-mail", shown.Email), ("Phone", shown.Phone), ("NPWP", shown.Npwp),
            ("For", shown.Test ? "trying out: a test person, sandboxes only" : null), ("Id", shown.Id), ("Added", Answer.Minute(shown.CreatedAt)), ("State", State(shown.DisabledAt)),
        ]);
    }

    private static string State(DateTimeOffset? disabledAt) => disabledAt is null ? "active" : $"disabled {Answer.Minute(disabledAt)}";
}

internal sealed record AccountShown(
    string Id, string Username, string Name, string? Email, string? Phone, string? Npwp, bool Test, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt)
{
    public static AccountShown Of(Account a) => new(a.Id, a.Username, a.Name, a.Email, a.Phone, a.Npwp, a.IsTest, a.CreatedAt, a.DisabledAt);
}
