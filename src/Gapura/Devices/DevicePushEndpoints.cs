using Gapura.Storage;

namespace Gapura.Devices;

/// <summary>Where one phone hears of sign-ins.</summary>
internal sealed record DevicePushEndpoint(string DeviceId, string Endpoint);

/// <summary>Keeper of the addresses at push services. Which one a phone has is nobody's business but the worker's.</summary>
internal sealed class DevicePushEndpoints(Database database)
{
    /// <param name="endpoint">Null to hear no more.</param>
    /// <returns>False when its owner has no such device, or revoked it.</returns>
    public async Task<bool> TrySet(string deviceId, string accountId, string? endpoint, CancellationToken ct) => await database.Write(sql => sql.Execute(
        "UPDATE devices SET push_endpoint = @endpoint WHERE id = @deviceId AND account_id = @accountId AND revoked_at IS NULL", new { deviceId, accountId, endpoint }), ct) == 1;

    /// <summary>Those of an account that are to be told.</summary>
    public async Task<IReadOnlyList<DevicePushEndpoint>> Of(string accountId, string? exceptDeviceId, CancellationToken ct)
    {
        var rows = await database.Read(sql => sql.Rows<Row>("""
            SELECT d.id AS DeviceId, d.push_endpoint AS Endpoint FROM devices d JOIN accounts a ON a.id = d.account_id
            WHERE d.account_id = @accountId AND d.id <> @except AND d.push_endpoint IS NOT NULL AND d.revoked_at IS NULL AND a.disabled_at IS NULL
            """, new { accountId, except = exceptDeviceId ?? "" }), ct);
        return [.. rows.Select(r => new DevicePushEndpoint(r.DeviceId, r.Endpoint))];
    }

    /// <summary>The push service knows this address no more. Another that the phone named meanwhile stays.</summary>
    public Task Forget(DevicePushEndpoint device, CancellationToken ct) => database.Write(sql => sql.Execute(
        "UPDATE devices SET push_endpoint = NULL WHERE id = @DeviceId AND push_endpoint = @Endpoint", device), ct);

    private sealed class Row
    {
        public string DeviceId { get; init; } = "";

        public string Endpoint { get; init; } = "";
    }
}
