using System.Data.Common;
using Npgsql;

namespace Gapura.Storage;

/// <summary>One write's place among the connections, taken when the transaction begins. What was not committed is undone at its end.</summary>
internal sealed class PostgresTurn(NpgsqlDataSource source, SemaphoreSlim places, CancellationToken ct) : IAsyncDisposable
{
    // Shorter than the patience of those who wait: nothing is begun for somebody who has been told "no".
    private static readonly TimeSpan Queueing = TimeSpan.FromSeconds(2);
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private bool _hasPlace;

    public async Task<DbTransaction> Begin()
    {
        _hasPlace = await places.WaitAsync(Queueing, ct) ? true : throw new TimeoutException("All connections are writing.");
        _connection = await source.OpenConnectionAsync(ct);
        return _transaction = await _connection.BeginTransactionAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // In this order, and the connection goes back even when the transaction cannot be undone any more.
            await using (_connection)
            await using (_transaction)
            {
            }
        }
        finally
        {
            if (_hasPlace) places.Release();
        }
    }
}
