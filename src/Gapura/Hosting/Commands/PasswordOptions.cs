using System.CommandLine;
using Gapura.Accounts;

namespace Gapura.Hosting.Commands;

/// <summary>A new password: said, piped in, or asked for twice without showing it.</summary>
internal sealed class PasswordOptions
{
    private readonly Option<string?> _said = new("--password") { Description = "The password; other users of this machine may see it in the process list", HelpName = "PASSWORD" };
    private readonly Option<bool> _piped = new("--password-stdin") { Description = "Read the password as one line of standard input" };
    private readonly Terminal _terminal;

    public PasswordOptions(Command command, Terminal terminal)
    {
        _terminal = terminal;
        command.Add(_said);
        command.Add(_piped);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_said) is not null && result.GetValue(_piped)) result.AddError("Say --password or --password-stdin, not both.");
        });
    }

    /// <exception cref="RefusedException">The password breaks its rule.</exception>
    public async Task<string> Read(ParseResult said, string username, CancellationToken ct)
    {
        var password = said.GetValue(_said)
            ?? (said.GetValue(_piped) ? await _terminal.ReadLine(ct) ?? "" : await _terminal.AskSecretTwice("New password", ct));
        return NewPassword.Refuse(password, username) is { } refusal ? throw new RefusedException(refusal.English) : password;
    }
}
