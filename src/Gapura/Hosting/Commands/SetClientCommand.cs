using System.CommandLine;
using Gapura.Platforms;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura platform set-client</c></summary>
internal static class SetClientCommand
{
    public static Command Build(TimeProvider time)
    {
        var command = new Command("set-client", "Change what a platform registered for OAuth 2.0 and OpenID Connect. What is not said stays; an empty value clears.");
        var subject = new Subject(command, "CLIENT-ID", "--client-id", "Which platform");
        var options = new ClientOptions(command);
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var platform = await PlatformCommands.Find(here, subject.Of(said), ct);
            if (!options.AreSaid(said)) throw new RefusedException("Say what to change. See `gapura platform set-client --help`.") { IsUsage = true };
            await here.Get<PlatformRegister>().SetClient(platform.ClientId, client => options.Applied(said, platform with { Client = client }), ct);
            PlatformCommands.Print(said, await PlatformCommands.Find(here, platform.ClientId, ct), "Platform changed.");
        });
        return command;
    }
}
