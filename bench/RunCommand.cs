using System.CommandLine;
using System.Text.Json;
using Gapura.Bench.Report;
using Gapura.Bench.Rows;

namespace Gapura.Bench;

/// <summary><c>bench/run</c>: everything, in one table.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        Option<bool> quick = new("--quick") { Description = "Shorter: for a look, not for a page" };
        Option<bool> longer = new("--long") { Description = "A million rotations, ten million accounts: hours" };
        Option<string[]> only = new("--only") { Description = $"Rows, separated by commas: {string.Join(", ", Run.Keys)}", HelpName = "ROW", AllowMultipleArgumentsPerToken = true };
        Option<bool> json = new("--json") { Description = "For programs" };
        Option<string?> markdown = new("--markdown") { Description = "Write the tables into this page, between its markers. Usual: docs/performance.md", HelpName = "PAGE", Arity = ArgumentArity.ZeroOrOne };
        Option<int> port = new("--postgres-port") { Description = "Where a PostgreSQL of its own is started", DefaultValueFactory = _ => 55_490 };
        var command = new Command("run", "Drive the built server from outside and print what it does and costs, beside bare Kestrel and beside the targets.") { quick, longer, only, json, markdown, port };
        command.SetAction(async (said, ct) =>
        {
            var effort = said.GetValue(longer) ? Effort.Long : said.GetValue(quick) ? Effort.Quick : Effort.Usual;
            var wanted = (said.GetValue(only) ?? []).SelectMany(o => o.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
            if (wanted.FirstOrDefault(w => !Run.Keys.Contains(w)) is { } unknown)
            {
                await Console.Error.WriteLineAsync($"There is no row '{unknown}'. The rows: {string.Join(", ", Run.Keys)}.");
                return 2;
            }

            var run = new Run(effort, key => wanted.Count == 0 || wanted.Contains(key), said.GetValue(port));
            var (facts, rows, peers) = await run.All(ct);
            if (said.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new { date = Machine.Date, effort = effort.Name, facts, rows, peers }, JsonSerializerOptions.Web));
            else Console.WriteLine($"{Machine.Date}, {effort.Name}\n  {string.Join("\n  ", facts)}\n\n{Table.Plain(rows)}{(peers.Count > 0 ? "\n" + Table.Plain(peers) : "")}");
            if (said.GetResult(markdown) is not { Implicit: false }) return Exit(rows);
            var page = said.GetValue(markdown) ?? Run.Page;
            var head = $"{Machine.Date}, `bench/run{(effort.Name == "usual" ? "" : " --" + effort.Name)}`:\n\n- {string.Join("\n- ", facts)}";
            if (rows.Count > 0) await Page.Write(page, "figures", $"{head}\n\n{Table.Markdown(rows)}", ct);
            if (Capacity.Of(rows) is { } capacity) await Page.Write(page, "capacity", capacity, ct);
            if (peers.Count > 0) await Page.Write(page, "peers", $"{head}\n\n{Table.Markdown(peers)}", ct);
            return Exit(rows);
        });
        return command;
    }

    private static int Exit(IReadOnlyList<Row> rows) => rows.Any(r => r.IsMet == false) ? 1 : 0;
}
