using System.CommandLine;

namespace Gapura.Hosting.Commands.Phone;

/// <summary><c>gapura phone scan</c></summary>
internal static class ScanCommand
{
    public static Command Build(Terminal terminal)
    {
        var command = new Command("scan", "Scan a code: it is bound to this phone, and you see what the person must see before they decide.");
        var options = new PhoneOptions(command);
        command.SetAction(async (said, ct) =>
        {
            using var phone = await options.Take(said, terminal, ct);
            var seen = await phone.Scan(ct);
            said.Answer().One(seen.Answer, CommandJson.Plain.JsonElement, "Scanned. Approve only what you asked for yourself.", seen.Facts());
        });
        return command;
    }
}
