using Spectre.Console;

namespace Gapura.Hosting.Commands;

/// <summary>The only file that names Spectre.Console, so that its assembly is loaded for a table and for nothing else.</summary>
internal static class Table
{
    // Nobody wraps a pipe: a redirected table keeps one row on one line.
    private const int Unbounded = 10_000;

    public static void Write(TextWriter output, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var toScreen = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = toScreen ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = toScreen ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!toScreen) console.Profile.Width = Unbounded;

        var table = new Spectre.Console.Table { Border = TableBorder.Horizontal };
        foreach (var column in columns) table.AddColumn(new TableColumn(new Text(column)));
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell ?? "–")));
        console.Write(table);
    }
}
