using System.CommandLine;
using System.Security.Cryptography;

namespace Gapura.Hosting.Commands.Phone;

/// <summary><c>gapura phone approve</c>: scan, see, confirm, sign.</summary>
internal static class ApproveCommand
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    public static Command Build(Terminal terminal, TimeProvider time)
    {
        Option<string?> choice = new("--choice") { Description = "The two digits that are on the screen", HelpName = "DIGITS" };
        Option<bool> documented = new("--documented") { Description = "Be a documented phone, which knows no scan: sign the session id straight away" };
        var command = new Command("approve", "Sign in the screen that shows a code. What the person must see goes to the error stream, the answer to the output; "
            + "tokens are printed with --json only.") { choice, documented };
        var options = new PhoneOptions(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(choice) is not null && result.GetValue(documented)) result.AddError("Say --choice or --documented, not both: a documented phone chooses nothing.");
        });
        command.SetAction(async (said, ct) =>
        {
            using var phone = await options.Take(said, terminal, ct);
            var confirmation = said.GetValue(documented) ? null : await Confirm(phone, said.GetValue(choice), terminal, time, ct);

            // It comes back inside the token, and so shows that this is the answer to this request.
            var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
            var answer = await phone.Approve(nonce, confirmation, ct);
            var token = TokenClaims.Of(answer);
            if (token is not null && token.Nonce != nonce) throw new RefusedException("The server answered with a token for another request than this one.");
            said.Answer().One(answer, CommandJson.Plain.JsonElement, "Approved. The screen is being signed in.", token?.Facts() ?? [("Token", "none came")]);
        });
        return command;
    }

    /// <returns>What the approval must carry; null when that is nothing.</returns>
    private static async Task<string?> Confirm(PhoneInHand phone, string? choice, Terminal terminal, TimeProvider time, CancellationToken ct)
    {
        var seen = await phone.Scan(ct);
        Answer.Lines(terminal.Error, "Scanned.", seen.Facts());
        switch (seen.Confirmation)
        {
            case "match":
                return await Choose(seen, choice, terminal, ct);
            case "type":
                // The server says when it is over: the code was typed wrongly three times, or nobody typed it in time.
                while (!seen.IsConfirmed)
                {
                    await Task.Delay(Poll, time, ct);
                    seen = await phone.Scan(ct);
                }

                return null;
            default:
                return null;
        }
    }

    private static async Task<string> Choose(Seen seen, string? choice, Terminal terminal, CancellationToken ct)
    {
        var offered = string.Join(", ", seen.Choices.Select(Plain.Text));
        var chosen = (choice ?? await terminal.AskLine($"Which number is on the screen, {offered}", ct))?.Trim()
            ?? throw new RefusedException($"Say --choice with the number that is on the screen, one of {offered}.") { IsUsage = true };

        // A wrong number ends the sign-in; a slip of the fingers need not.
        return seen.Choices.Contains(chosen) ? chosen
            : throw new RefusedException($"'{Plain.Text(chosen)}' is none of {offered}; nothing was approved, and this phone can still decide.");
    }
}
