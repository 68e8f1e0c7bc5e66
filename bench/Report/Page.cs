namespace Gapura.Bench.Report;

/// <summary>Puts a run's tables into a page, between two markers that stay.</summary>
internal static class Page
{
    public static async Task Write(string path, string name, string text, CancellationToken ct)
    {
        var (begin, end) = ($"<!-- {name} -->", $"<!-- end of {name} -->");
        var page = await File.ReadAllTextAsync(path, ct);
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from) throw new InvalidOperationException($"{path} has no place for it: a line '{begin}' and, below, a line '{end}'.");
        await File.WriteAllTextAsync(path, $"{page[..(from + begin.Length)]}\n{text.Trim()}\n{page[to..]}", ct);
    }
}
