namespace Gapura.Storage.Carrying;

/// <param name="Source">Rows in it here.</param>
/// <param name="Target">Rows in it there.</param>
/// <param name="Different">Rows that are missing on either side, or are not the same.</param>
/// <param name="Examples">The first few of those, without what is in them.</param>
internal sealed record TableCompared(string Table, long Source, long Target, long Different, IReadOnlyList<string> Examples);

/// <summary>Reads a table on both sides at once, in the order of its key, and compares every value of every row.</summary>
internal sealed class TableComparison(Database source, Database target)
{
    private const int MostExamples = 3;

    public async Task<TableCompared> Run(CarriedTable table, CancellationToken ct)
    {
        var shape = await TableShape.Of(source, table, ct);
        shape.CheckSameAs(await TableShape.Of(target, table, ct));
        return await source.Read(here => target.Read(async there =>
        {
            await using var left = await OrderedRows.Open(source, here, shape, after: null, ct);
            await using var right = await OrderedRows.Open(target, there, shape, after: null, ct);
            return await Compare(shape, left, right, ct);
        }, ct), ct);
    }

    private static async Task<TableCompared> Compare(TableShape shape, OrderedRows left, OrderedRows right, CancellationToken ct)
    {
        var (inSource, inTarget, different) = (0L, 0L, 0L);
        List<string> examples = [];
        await left.Next(ct);
        await right.Next(ct);
        while (left.Current is not null || right.Current is not null)
        {
            var order = left.Current is null ? 1 : right.Current is null ? -1 : OrderedRows.Compare(left.Current, right.Current, shape.KeyLength);
            var finding = order switch
            {
                < 0 => $"{shape.Named(left.Current!)} is missing there",
                > 0 => $"{shape.Named(right.Current!)} is there and not here",
                _ => Difference(shape, left.Current!, right.Current!),
            };
            if (finding is not null && ++different <= MostExamples) examples.Add(finding);
            if (order <= 0)
            {
                inSource++;
                await left.Next(ct);
            }

            if (order >= 0)
            {
                inTarget++;
                await right.Next(ct);
            }
        }

        return new TableCompared(shape.Name, inSource, inTarget, different, examples);
    }

    private static string? Difference(TableShape shape, object?[] a, object?[] b)
    {
        for (var i = shape.KeyLength; i < a.Length; i++)
            if (!Same(a[i], b[i])) return $"{shape.Named(a)} has another {shape.Columns[i].Name} there";
        return null;
    }

    private static bool Same(object? a, object? b) => a is byte[] x && b is byte[] y ? x.AsSpan().SequenceEqual(y) : Equals(a, b);
}
