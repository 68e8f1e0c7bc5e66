using System.Data.Common;

namespace Gapura.Storage.Carrying;

/// <summary>
/// Carries the rows of a table in the order of their key, some thousands in a transaction. What a run that broke off had
/// carried is there up to some key, and the next run goes on behind it.
/// </summary>
internal sealed class TableCopy(Database source, Database target, Action<CarryingProgress> told)
{
    private const int RowsPerCommit = 20_000;

    /// <returns>How many rows this run carried.</returns>
    public async Task<long> Run(CarriedTable table, CancellationToken ct)
    {
        var shape = await TableShape.Of(source, table, ct);
        shape.CheckSameAs(await TableShape.Of(target, table, ct));
        var last = await OrderedRows.LastKey(target, shape, ct);
        return await source.Read(async from =>
        {
            await using var rows = await OrderedRows.Open(source, from, shape, last, ct);
            var carried = 0L;
            if (!await rows.Next(ct)) return carried;
            while (rows.Current is { } first)
            {
                ct.ThrowIfCancellationRequested();
                try
                {
                    carried += await target.Write(into => RowWriter.Write(into, shape, rows, RowsPerCommit, ct), ct);
                }
                catch (DbException e)
                {
                    throw new CarryingException($"{target.Name} did not take {shape.Name}, among the rows from {shape.Named(first)} on: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", e);
                }

                told(new CarryingProgress(shape.Name, carried, IsCompared: false));
            }

            return carried;
        }, ct);
    }
}
