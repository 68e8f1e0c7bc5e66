using System.Globalization;
using System.Text;

namespace Gapura.Bench.Report;

/// <summary>The one table of a run, for eyes or for a page.</summary>
internal static class Table
{
    private static readonly (string Name, Func<Row, string> Of)[] Columns =
    [
        ("what", r => r.Name),
        ("/s", r => Number(r.PerSecond, "N0")),
        ("p50 ms", r => Number(r.P50, "0.00")),
        ("p99 ms", r => Number(r.P99, "0.00")),
        ("CPU µs", r => Number(r.Processor, "0.0")),
        ("db CPU µs", r => Number(r.DatabaseProcessor, "0.0")),
        ("alloc B", r => Number(r.Allocated, "N0")),
        ("RSS MB", r => Number(r.Megabytes, "0")),
        ("figure", r => r.Figure ?? ""),
        ("ratio", r => Number(r.Ratio, "0.00")),
        ("target", r => r.Target),
        ("met", r => r.IsMet switch { true => "met", false => "NOT MET", null => "" }),
        ("others", r => Number(r.Others, "0 %")),
    ];

    public static string Plain(IReadOnlyList<Row> rows)
    {
        var cells = rows.Select(r => Columns.Select(c => c.Of(r)).ToArray()).Prepend([.. Columns.Select(c => c.Name)]).ToList();
        var widths = Columns.Select((_, i) => cells.Max(c => c[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in cells) text.AppendLine(string.Join("  ", row.Select((cell, i) => IsText(i) ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        foreach (var row in rows.Where(r => r.Note is not null)) text.AppendLine(CultureInfo.InvariantCulture, $"  {row.Name}: {row.Note}");
        return text.ToString();
    }

    /// <summary>One row by itself, with the names of its figures: for whoever watches a run.</summary>
    public static string Line(Row row) => string.Join("; ", Columns.Select(c => (c.Name, Text: c.Of(row))).Where(c => c.Text.Length > 0).Select(c => c.Name == "what" ? c.Text : $"{c.Name} {c.Text}"));

    public static string Markdown(IReadOnlyList<Row> rows)
    {
        var text = new StringBuilder();
        text.AppendLine($"| {string.Join(" | ", Columns.Select(c => c.Name))} |");
        text.AppendLine($"| {string.Join(" | ", Columns.Select((_, i) => IsText(i) ? "---" : "---:"))} |");
        foreach (var row in rows) text.AppendLine($"| {string.Join(" | ", Columns.Select(c => c.Of(row)))} |");
        text.AppendLine();
        foreach (var row in rows.Where(r => r.Note is not null)) text.AppendLine(CultureInfo.InvariantCulture, $"- {row.Name}: {row.Note}");
        return text.ToString();
    }

    private static bool IsText(int column) => Columns[column].Name is "what" or "target" or "met";

    private static string Number(double? value, string format) => value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "";
}
