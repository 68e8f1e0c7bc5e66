using System.CommandLine;

namespace Gapura.Hosting.Commands.Phone;

/// <summary><c>gapura phone decline</c></summary>
internal static class DeclineCommand
{
    public static Command Build(Terminal terminal)
    {
        var command = new Command("decline", "Say no to a code: scans it, so that it is this phone's to decline, and ends the sign-in.");
        var options = new PhoneOptions(command);
        command.SetAction(async (said, ct) =>
        {
            using var phone = await options.Take(said, terminal, ct);
            await phone.Scan(ct);
            var answer = await phone.Decline(ct);
            if (said.GetValue(Everywhere.Json)) said.Answer().Json(answer, CommandJson.Plain.JsonElement);
            else terminal.Output.WriteLine("Declined. Nobody is signed in with this code any more.");
        });
        return command;
    }
}
