using System.CommandLine;
using Gapura.Hosting.Commands.Phone;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura phone …</c>: these speak HTTP to a running server, as any phone does, and open no database.</summary>
internal static class PhoneCommands
{
    public static Command Build(Terminal terminal, TimeProvider time) => new("phone",
        "A phone for developers: try the QR door without a phone. Its private key lies in a file, in the clear; a person's phone keeps its key where nobody can copy it. "
        + "Use it with accounts made for trying.")
    {
        EnrolCommand.Build(terminal), ScanCommand.Build(terminal), ApproveCommand.Build(terminal, time), DeclineCommand.Build(terminal),
    };
}
