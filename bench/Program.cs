using System.CommandLine;
using Gapura.Bench.Running;
using Gapura.Bench.Waiting;

namespace Gapura.Bench;

/// <summary>Drives the built server from outside and prints what it costs, beside a bare Kestrel in the same run.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Gapura's benchmarks: figures of this machine, in one run with a bare Kestrel server.") { RunCommand.Build(), ProfileCommand.Build(), Waiting(), Bare() };
        return root.Parse(args).InvokeAsync();
    }

    private static Command Waiting()
    {
        Option<int> screens = new("--screens") { Description = "How many screens wait", DefaultValueFactory = _ => 10_000 };
        Option<int> wakes = new("--wakes") { Description = "How many of them are woken, one after the other", DefaultValueFactory = _ => 500 };
        Option<bool> json = new("--json") { Description = "For programs" };
        var command = new Command("waiting", "Screens that wait for a phone: memory, idle cost and how soon they are woken.") { screens, wakes, json };
        command.SetAction((said, ct) => WaitingBench.Run(said.GetValue(screens), said.GetValue(wakes), said.GetValue(json), ct));
        return command;
    }

    private static Command Bare()
    {
        Option<int> port = new("--port") { Required = true };
        var command = new Command("bare", "The server to compare with.") { port };
        command.Hidden = true;
        command.SetAction((said, ct) => BareServer.Run(said.GetValue(port), ct));
        return command;
    }
}
