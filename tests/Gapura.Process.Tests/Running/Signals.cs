using System.Runtime.InteropServices;

namespace Gapura.Process.Tests.Running;

internal static partial class Signals
{
    public static void Signal(this OsProcess process, int signal) => Send(process.Id, signal);

    public static void Send(int process, int signal) => Assert.Equal(0, Kill(process, signal));

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
