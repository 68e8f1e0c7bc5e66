using System.Runtime.InteropServices;
using Gapura.Hosting;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await GapuraCommandLine.RunAsync(args, Console.Out, Console.Error, stop.Token);

// The first signal asks; a second one ends the process as it would any other.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
