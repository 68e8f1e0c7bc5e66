using Gapura.Cluster.Faults;
using Gapura.Cluster.Rig;

// tests/cluster/run starts this with a folder that it removes afterwards, whatever happens here.
var only = Value("--only")?.Split(',', StringSplitOptions.RemoveEmptyEntries);
var chosen = Every.Fault.Where(f => only is null || only.Contains(f.Name)).ToList();
if (Value("--home") is not { } home || only?.Except(Every.Fault.Select(f => f.Name)).Any() == true)
{
    Console.Error.WriteLine($"usage: tests/cluster/run [--quick] [--only NAME[,NAME]]\nNames: {string.Join(", ", Every.Fault.Select(f => f.Name))}");
    return 2;
}

await using var site = new Site(home);
var rows = await new Trial(site, args.Contains("--quick") ? Pace.Quick : Pace.Whole, Console.Out).Run(chosen);
return rows.All(r => r.Passed) ? 0 : 1;

string? Value(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
