using System.Collections.Frozen;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Platforms;

/// <summary>Keeper of platforms. All of them are in memory; the store is the truth and is followed within a second.</summary>
internal sealed class PlatformRegister : IKeptFresh
{
    /// <summary>Gapura itself, as the platform of its own sign-in page: in the table from the beginning, in no list of partners.</summary>
    public const string OwnClientId = "gapura";

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly OwnPlatform? _own;
    private readonly Snapshot<Book> _snapshot;

    /// <param name="own">Where and what this installation is; null where only its partners matter.</param>
    public PlatformRegister(Database database, Revisions revisions, TimeProvider time, OwnPlatform? own = null)
    {
        (_database, _time, _own) = (database, time, own);
        _snapshot = new(revisions, Topic.Platforms, Load);
    }

    /// <summary>Null for a client id that is unknown or disabled.</summary>
    public Platform? Active(string clientId) => _snapshot.Value.Active.GetValueOrDefault(clientId);

    /// <summary>As <see cref="Active"/>, for the two doors: a platform that is of the hall alone is unknown there.</summary>
    public Platform? AtDoors(string clientId) => Active(clientId) is { IsOAuthOnly: false } platform ? platform : null;

    /// <summary>Whether the text of an Origin header belongs to an active platform.</summary>
    public bool HasOrigin(string origin) => _snapshot.Value.Origins.Contains(origin);

    /// <summary>The one platform whose pages live at this host, whatever the scheme and the port: whom a page of a nearly registered origin probably means. Null for none, and for several.</summary>
    public string? AtHostOf(WebOrigin origin) => _snapshot.Value.Hosts.GetValueOrDefault(new Uri(origin.Text).Host);

    public Task Refresh(CancellationToken ct) => _snapshot.Refresh(ct);

    /// <returns>False when the client id is taken.</returns>
    public Task<bool> TryAdd(Platform platform, CancellationToken ct) => _database.Write(sql => TryAdd(sql, platform), ct);

    public static async Task<bool> TryAdd(SqlSession sql, Platform platform)
    {
        var added = await sql.Execute("""
            INSERT INTO platforms (client_id, name, company, description, domain, origins, redirect_uris, policies, client, created_at)
            VALUES (@ClientId, @Name, @Company, @Description, @Domain, @Origins, @RedirectUris, @Policies, @Client, @CreatedAt)
            ON CONFLICT (client_id) DO NOTHING
            """, Row.From(platform));
        await Revisions.Raise(sql, Topic.Platforms);
        return added == 1;
    }

    /// <returns>False when there is no such platform.</returns>
    public Task<bool> SetDisabled(string clientId, bool disabled, CancellationToken ct) => _database.Write(async sql =>
    {
        long? at = disabled ? _time.GetUtcNow().ToUnixTimeMilliseconds() : null;
        var changed = await sql.Execute("UPDATE platforms SET disabled_at = @at WHERE client_id = @clientId", new { clientId, at });
        await Revisions.Raise(sql, Topic.Platforms);
        return changed == 1;
    }, ct);

    /// <returns>False when there is no such platform.</returns>
    public Task<bool> SetPhonePolicy(string clientId, PhonePolicy policy, CancellationToken ct) =>
        SetPolicies(clientId, now => PlatformPolicies.Write(PlatformPolicies.IsResourceApi(now), policy, PlatformPolicies.IsOAuthOnly(now), PlatformPolicies.IsSandbox(now)), ct);

    /// <returns>False when there is no such platform.</returns>
    public Task<bool> SetOAuthOnly(string clientId, bool isOAuthOnly, CancellationToken ct) =>
        SetPolicies(clientId, now => PlatformPolicies.Write(PlatformPolicies.IsResourceApi(now), PlatformPolicies.PhonePolicy(now), isOAuthOnly, PlatformPolicies.IsSandbox(now)), ct);

    /// <summary>Changes what it registered for OAuth 2.0 and OpenID Connect. Of two changes at once the second sees the first.</summary>
    /// <param name="change">May throw, and then nothing is changed.</param>
    /// <returns>False when there is no such platform.</returns>
    public Task<bool> SetClient(string clientId, Func<ClientSettings, ClientSettings> change, CancellationToken ct) => _database.Write(async sql =>
    {
        if (await Held(sql, clientId) is not { } row) return false;
        await sql.Execute("UPDATE platforms SET client = @client WHERE client_id = @clientId", new { clientId, client = change(ClientSettings.Read(row.Client)).Write() });
        await Revisions.Raise(sql, Topic.Platforms);
        return true;
    }, ct);

    /// <summary>From now on for real people, at these addresses. The keys and what test people have open there are others' to end, in the same transaction.</summary>
    /// <returns>False when there is no such sandbox.</returns>
    public static async Task<bool> Promote(SqlSession sql, Platform platform)
    {
        if (await Held(sql, platform.ClientId) is not { } row || !PlatformPolicies.IsSandbox(row.Policies)) return false;
        var to = Row.From(platform with { IsSandbox = false });
        await sql.Execute("UPDATE platforms SET policies = @Policies, domain = @Domain, origins = @Origins, redirect_uris = @RedirectUris WHERE client_id = @ClientId",
            new { to.ClientId, to.Domain, to.Origins, to.RedirectUris, Policies = PlatformPolicies.WithoutSandbox(row.Policies) });
        await Revisions.Raise(sql, Topic.Platforms);
        return true;
    }

    /// <summary>Replaces what an operator, or the client itself (RFC 7592), may change: everything but the client id, the key policies and the time.</summary>
    /// <returns>False when there is no such platform.</returns>
    public Task<bool> Update(Platform platform, CancellationToken ct) => _database.Write(sql => Update(sql, platform), ct);

    /// <summary>The same, with whatever must be written together with it.</summary>
    public static async Task<bool> Update(SqlSession sql, Platform platform)
    {
        var changed = await sql.Execute("""
            UPDATE platforms SET name = @Name, company = @Company, description = @Description, domain = @Domain, origins = @Origins, redirect_uris = @RedirectUris, client = @Client
            WHERE client_id = @ClientId AND client_id <> @own
            """, UpdateOf(Row.From(platform)));
        await Revisions.Raise(sql, Topic.Platforms);
        return changed == 1;
    }

    /// <summary>Everybody a person may have signed in to, as they are called now: disabled ones and this installation too.</summary>
    public async Task<IReadOnlyList<Platform>> Names(CancellationToken ct) => [.. (await All(ct)).Select(Placed)];

    /// <summary>All partners, disabled ones too.</summary>
    public async Task<IReadOnlyList<Platform>> List(CancellationToken ct) => [.. (await All(ct)).Where(p => p.ClientId != OwnClientId)];

    private Task<bool> SetPolicies(string clientId, Func<string, string> change, CancellationToken ct) => _database.Write(async sql =>
    {
        if (await Held(sql, clientId) is not { } row) return false;
        await sql.Execute("UPDATE platforms SET policies = @policies WHERE client_id = @clientId", new { clientId, policies = change(row.Policies) });
        await Revisions.Raise(sql, Topic.Platforms);
        return true;
    }, ct);

    // The row is held from here on, so that what is read is what is changed.
    private static Task<Row?> Held(SqlSession sql, string clientId) => sql.Row<Row>(
        "UPDATE platforms SET client_id = client_id WHERE client_id = @clientId AND client_id <> @OwnClientId RETURNING policies AS Policies, client AS Client", new { clientId, OwnClientId });

    private async Task<IReadOnlyList<Platform>> All(CancellationToken ct)
    {
        var rows = await _database.Read(sql => sql.Rows<Row>("""
            SELECT client_id AS ClientId, name AS Name, company AS Company, description AS Description, domain AS Domain, origins AS Origins,
                   redirect_uris AS RedirectUris, policies AS Policies, client AS Client, created_at AS CreatedAt, disabled_at AS DisabledAt
            FROM platforms ORDER BY client_id
            """), ct);
        return [.. rows.Select(r => r.Platform())];
    }

    private async Task<Book> Load(CancellationToken ct)
    {
        var active = (await All(ct)).Select(Placed).Where(p => p.DisabledAt is null).ToFrozenDictionary(p => p.ClientId, StringComparer.Ordinal);
        var hosts = active.Values.Where(p => p.ClientId != OwnClientId).SelectMany(p => p.Origins.Prepend(p.Domain).Select(o => (new Uri(o.Text).Host, p.ClientId))).Distinct()
            .GroupBy(h => h.Host, h => h.ClientId, StringComparer.Ordinal).Where(g => g.Count() == 1);
        return new Book(active, active.Values.SelectMany(p => p.Origins.Prepend(p.Domain)).Select(o => o.Text).ToFrozenSet(StringComparer.Ordinal), hosts.ToFrozenDictionary(g => g.Key, g => g.Single(), StringComparer.Ordinal));
    }

    private Platform Placed(Platform platform) =>
        platform.ClientId == OwnClientId && _own is not null ? platform with { Name = _own.Name, Domain = _own.Origin } : platform;

    private static object UpdateOf(Row row) =>
        new { row.ClientId, row.Name, row.Company, row.Description, row.Domain, row.Origins, row.RedirectUris, row.Client, own = OwnClientId };

    private sealed record Book(FrozenDictionary<string, Platform> Active, FrozenSet<string> Origins, FrozenDictionary<string, string> Hosts);

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

        public string Client { get; init; } = "";

        public long CreatedAt { get; init; }

        public long? DisabledAt { get; init; }

        public static Row From(Platform p) => new()
        {
            ClientId = p.ClientId, Name = p.Name, Company = p.Company, Description = p.Description, Domain = p.Domain.Text,
            Origins = string.Join('\n', p.Origins), RedirectUris = string.Join('\n', p.RedirectUris),
            Policies = PlatformPolicies.Write(p.IsResourceApi, p.PhonePolicy, p.IsOAuthOnly, p.IsSandbox), Client = p.Client.Write(), CreatedAt = p.CreatedAt.ToUnixTimeMilliseconds(),
        };

        public Platform Platform() => new()
        {
            ClientId = ClientId, Name = Name, Company = Company, Description = Description, Domain = Origin(Domain),
            Origins = [.. Lines(Origins).Select(Origin)], RedirectUris = Lines(RedirectUris),
            IsResourceApi = PlatformPolicies.IsResourceApi(Policies), PhonePolicy = PlatformPolicies.PhonePolicy(Policies), IsOAuthOnly = PlatformPolicies.IsOAuthOnly(Policies),
            IsSandbox = PlatformPolicies.IsSandbox(Policies), Client = ClientSettings.Read(Client), CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            DisabledAt = DisabledAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        };

        private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        private static WebOrigin Origin(string text) =>
            WebOrigin.TryParse(text, out var origin) ? origin : throw new DatabaseUnavailableException($"The platforms table holds '{text}', which is not a web origin.");
    }
}
