using System.Runtime.InteropServices;

namespace Gapura.Demo;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await DemoCommand.RunAsync(args, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true; // the process ends by returning from here, not by the signal
            stop.Cancel();
        }
    }
}
