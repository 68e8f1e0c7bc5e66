using System.Runtime.InteropServices;

namespace Gapura.Cluster.Rig;

internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(int process, int signal)
    {
        if (Syscall(process, signal) != 0) throw new InvalidOperationException($"Process {process} could not be sent signal {signal}.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Syscall(int process, int signal);
}
