using System.CommandLine;
using Gapura.Hosting.Commands.Backups;

namespace Gapura.Hosting.Commands;

/// <summary>All commands there are.</summary>
internal static class CommandTree
{
    public static RootCommand Build(Terminal terminal, TimeProvider time) => new("Gapura, the sign-in server of an ecosystem: one account, many platforms.")
    {
        Everywhere.Data, Everywhere.Database, Everywhere.Json,
        ServeCommand.Build(),
        PlatformCommands.Build(time),
        ApiKeyCommands.Build(terminal, time),
        RegistrationTokenCommands.Build(time),
        AccountCommands.Build(terminal, time),
        DeviceCommands.Build(time),
        PhoneCommands.Build(terminal, time),
        SigningKeyCommands.Build(time),
        AuditCommands.Build(time),
        DoctorCommand.Build(time),
        BackupCommand.Build(time),
        RestoreCommand.Build(time),
        MoveCommand.Build(terminal, time),
        VerifyCommand.Build(terminal),
    };

    /// <summary>As it is typed: <c>gapura platform add</c>.</summary>
    public static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : "gapura";
}
