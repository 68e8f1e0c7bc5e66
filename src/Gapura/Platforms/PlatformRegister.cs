using System.Collections.Frozen;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Platforms;

/// <summary>Keeper of platforms. All of them are in memory; the store is the truth and is followed within a second.</summary>
internal sealed class PlatformRegister : IKeptFresh
{
    private const string ResourceApi = "resource-api";
    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly Snapshot<Book> _snapshot;

    public PlatformRegister(Database database, Revisions revisions, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _snapshot = new(revisions, Topic.Platforms, Load);
    }

    /// <summary>Null for a client id that is unknown or disabled.</summary>
    public Platform? Active(string clientId) => _snapshot.Value.Active.GetValueOrDefault(clientId);

    /// <summary>Whether the text of an Origin header belongs to an active platform.</summary>
    public bool HasOrigin(string origin) => _snapshot.Value.Origins.Contains(origin);

    public Task Refresh(CancellationToken ct) => _snapshot.Refresh(ct);

    /// <returns>False when the client id is taken.</returns>
    public Task<bool> TryAdd(Platform platform, CancellationToken ct) => _database.Write(async sql =>
    {
        var added = await sql.Execute("""
            INSERT INTO platforms (client_id, name, company, description, domain, origins, redirect_uris, policies, created_at)
            VALUES (@ClientId, @Name, @Company, @Description, @Domain, @Origins, @RedirectUris, @Policies, @CreatedAt)
            ON CONFLICT (client_id) DO NOTHING
            """, Row.From(platform));
        await Revisions.Raise(sql, Topic.Platforms);
        return added == 1;
    }, ct);

    /// <returns>False when there is no such platform.</returns>
    public Task<bool> SetDisabled(string clientId, bool disabled, CancellationToken ct) => _database.Write(async sql =>
    {
        long? at = disabled ? _time.GetUtcNow().ToUnixTimeMilliseconds() : null;
        var changed = await sql.Execute("UPDATE platforms SET disabled_at = @at WHERE client_id = @clientId", new { clientId, at });
        await Revisions.Raise(sql, Topic.Platforms);
        return changed == 1;
    }, ct);

    public async Task<IReadOnlyList<Platform>> List(CancellationToken ct)
    {
        var rows = await _database.Read(sql => sql.Rows<Row>("""
            SELECT client_id AS ClientId, name AS Name, company AS Company, description AS Description, domain AS Domain, origins AS Origins,
                   redirect_uris AS RedirectUris, policies AS Policies, created_at AS CreatedAt, disabled_at AS DisabledAt
            FROM platforms ORDER BY client_id
            """), ct);
        return [.. rows.Select(r => r.Platform())];
    }

    private async Task<Book> Load(CancellationToken ct)
    {
        var active = (await List(ct)).Where(p => p.DisabledAt is null).ToFrozenDictionary(p => p.ClientId, StringComparer.Ordinal);
        return new Book(active, active.Values.SelectMany(p => p.Origins.Prepend(p.Domain)).Select(o => o.Text).ToFrozenSet(StringComparer.Ordinal));
    }

    private sealed record Book(FrozenDictionary<string, Platform> Active, FrozenSet<string> Origins);

    private sealed class Row
    {
        public string ClientId { get; init; } = "";

        public string Name { get; init; } = "";

        public string Company { get; init; } = "";

        public string? Description { get; init; }

        public string Domain { get; init; } = "";

        public string Origins { get; init; } = "";

        public string RedirectUris { get; init; } = "";

        public string Policies { get; init; } = "";

        public long CreatedAt { get; init; }

        public long? DisabledAt { get; init; }

        public static Row From(Platform p) => new()
        {
            ClientId = p.ClientId, Name = p.Name, Company = p.Company, Description = p.Description, Domain = p.Domain.Text,
            Origins = string.Join('\n', p.Origins), RedirectUris = string.Join('\n', p.RedirectUris),
            Policies = p.IsResourceApi ? ResourceApi : "", CreatedAt = p.CreatedAt.ToUnixTimeMilliseconds(),
        };

        public Platform Platform() => new()
        {
            ClientId = ClientId, Name = Name, Company = Company, Description = Description, Domain = Origin(Domain),
            Origins = [.. Lines(Origins).Select(Origin)], RedirectUris = Lines(RedirectUris),
            IsResourceApi = Policies.Split(' ').Contains(ResourceApi), CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            DisabledAt = DisabledAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        };

        private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        private static WebOrigin Origin(string text) =>
            WebOrigin.TryParse(text, out var origin) ? origin : throw new DatabaseUnavailableException($"The platforms table holds '{text}', which is not a web origin.");
    }
}
