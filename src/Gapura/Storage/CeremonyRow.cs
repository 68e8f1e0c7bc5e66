namespace Gapura.Storage;

/// <summary>A ceremony as both databases hold it.</summary>
internal sealed class CeremonyRow
{
    public const string Columns = """
        key AS Key, door AS Door, state AS State, handle AS Handle, client_id AS ClientId, account_id AS AccountId,
        device_id AS DeviceId, grant_id AS GrantId, decided_at AS MovedAt, expires_at AS ExpiresAt, collect_until AS CollectUntil,
        keep_until AS KeepUntil, confirmation AS Confirmation, confirmed_at AS ConfirmedAt, tries AS Tries, denied_because AS DeniedBecause, seen AS Seen
        """;

    public const string Insert = """
        INSERT INTO ceremonies (key, door, state, handle, client_id, account_id, device_id, grant_id, decided_at, expires_at, collect_until,
                                keep_until, confirmation, confirmed_at, tries, denied_because, seen)
        VALUES (@Key, @Door, @State, @Handle, @ClientId, @AccountId, @DeviceId, @GrantId, @MovedAt, @ExpiresAt, @CollectUntil,
                @KeepUntil, @Confirmation, @ConfirmedAt, @Tries, @DeniedBecause, @Seen)
        """;

    /// <summary>Everything but the key, from the row that could not be inserted.</summary>
    public const string Replace = """
        state = excluded.state, handle = excluded.handle, account_id = excluded.account_id, device_id = excluded.device_id, grant_id = excluded.grant_id,
        decided_at = excluded.decided_at, expires_at = excluded.expires_at, collect_until = excluded.collect_until, keep_until = excluded.keep_until,
        confirmation = excluded.confirmation, confirmed_at = excluded.confirmed_at, tries = excluded.tries, denied_because = excluded.denied_because, seen = excluded.seen
        """;

    public string Key { get; init; } = "";

    public string Door { get; init; } = "";

    public string State { get; init; } = "";

    public string Handle { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string AccountId { get; init; } = "";

    public string? DeviceId { get; init; }

    public string GrantId { get; init; } = "";

    public long MovedAt { get; init; }

    public long ExpiresAt { get; init; }

    public long CollectUntil { get; init; }

    public long KeepUntil { get; init; }

    public string Confirmation { get; init; } = "";

    public long? ConfirmedAt { get; init; }

    public long Tries { get; init; }

    public string? DeniedBecause { get; init; }

    public string? Seen { get; init; }

    public static CeremonyRow From(Ceremony c) => new()
    {
        Key = c.Key, Door = c.Door.ToString(), State = c.State.ToString(), Handle = c.Handle, ClientId = c.ClientId,
        AccountId = c.AccountId, DeviceId = c.DeviceId, GrantId = c.GrantId ?? "",
        MovedAt = Milliseconds(c.MovedAt), ExpiresAt = Milliseconds(c.ExpiresAt), CollectUntil = Milliseconds(c.CollectUntil), KeepUntil = Milliseconds(c.KeepUntil),
        Confirmation = c.Confirmation.ToString(), ConfirmedAt = c.ConfirmedAt is { } at ? Milliseconds(at) : null,
        Tries = c.Tries, DeniedBecause = c.DeniedBecause, Seen = c.Seen,
    };

    public Ceremony Ceremony() => new()
    {
        Key = Key, Door = Enum.Parse<Door>(Door), State = Enum.Parse<CeremonyState>(State), Handle = Handle, ClientId = ClientId,
        AccountId = AccountId, DeviceId = DeviceId, GrantId = GrantId.Length > 0 ? GrantId : null,
        MovedAt = Instant(MovedAt), ExpiresAt = Instant(ExpiresAt), CollectUntil = Instant(CollectUntil), KeepUntil = Instant(KeepUntil),
        Confirmation = Enum.Parse<Confirmation>(Confirmation), ConfirmedAt = ConfirmedAt is { } at ? Instant(at) : null,
        Tries = (int)Tries, DeniedBecause = DeniedBecause, Seen = Seen,
    };

    private static long Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
