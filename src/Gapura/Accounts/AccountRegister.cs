using Gapura.Storage;

namespace Gapura.Accounts;

/// <summary>Keeper of accounts.</summary>
internal sealed class AccountRegister(Database database, TimeProvider time)
{
    private const string Select = """
        SELECT id AS Id, username AS Username, name AS Name, email AS Email, phone AS Phone, npwp AS Npwp, password_hash AS PasswordHash,
               created_at AS CreatedAt, disabled_at AS DisabledAt, test AS Test
        FROM accounts
        """;

    /// <returns>Null when there is none, or it is disabled.</returns>
    public async Task<Account?> Active(string id, CancellationToken ct) =>
        await database.Read(sql => Active(sql, id), ct);

    public async Task<Account?> Active(SqlSession sql, string id) => (await sql.Row<Row>($"{Select} WHERE id = @id AND disabled_at IS NULL", new { id }))?.Account();

    /// <param name="username">As typed. What is no user name is not looked for: PostgreSQL faults on a NUL or a lone surrogate.</param>
    /// <returns>The account, disabled or not, and the text of its password hash.</returns>
    public async Task<(Account Account, string? PasswordHash)?> Find(string username, CancellationToken ct)
    {
        var normal = Account.Normalise(username);
        if (!Account.IsUsername(normal)) return null;
        var row = await database.Read(sql => sql.Row<Row>($"{Select} WHERE username = @normal", new { normal }), ct);
        return row is null ? null : (row.Account(), row.PasswordHash);
    }

    public async Task<IReadOnlyList<Account>> List(CancellationToken ct) =>
        [.. (await database.Read(sql => sql.Rows<Row>($"{Select} ORDER BY username"), ct)).Select(r => r.Account())];

    /// <returns>False when the user name is taken.</returns>
    public Task<bool> TryAdd(Account account, string? passwordHash, CancellationToken ct) => database.Write(sql => TryAdd(sql, account, passwordHash), ct);

    /// <inheritdoc cref="TryAdd(Account, string?, CancellationToken)"/>
    public static async Task<bool> TryAdd(SqlSession sql, Account account, string? passwordHash) => await sql.Execute("""
        INSERT INTO accounts (id, username, name, email, phone, npwp, password_hash, created_at, test)
        VALUES (@Id, @Username, @Name, @Email, @Phone, @Npwp, @passwordHash, @createdAt, @test)
        ON CONFLICT (username) DO NOTHING
        """, new
    {
        account.Id, account.Username, account.Name, account.Email, account.Phone, account.Npwp, passwordHash, createdAt = account.CreatedAt.ToUnixTimeMilliseconds(), test = account.IsTest ? 1L : 0L,
    }) == 1;

    public Task SetPassword(string id, string passwordHash, CancellationToken ct) =>
        database.Write(sql => sql.Execute("UPDATE accounts SET password_hash = @passwordHash WHERE id = @id", new { id, passwordHash }), ct);

    /// <summary>The same password under a better hash.</summary>
    /// <returns>False when the password was changed in the meantime: the change stands.</returns>
    public Task<bool> TryUpgradePassword(string id, string from, string to, CancellationToken ct) => database.Write(async sql =>
        await sql.Execute("UPDATE accounts SET password_hash = @to WHERE id = @id AND password_hash = @from", new { id, from, to }) == 1, ct);

    /// <summary>The picture: an https address or a small data: URL; null for none. Apart from the account, because it is large and seldom asked for.</summary>
    public Task<string?> Image(string id, CancellationToken ct) => database.Read(sql => sql.Value<string>("SELECT image FROM accounts WHERE id = @id", new { id }), ct);

    /// <returns>False when there is no such account, or it is disabled.</returns>
    public async Task<bool> SetImage(SqlSession sql, string id, string image) =>
        await sql.Execute("UPDATE accounts SET image = @image WHERE id = @id AND disabled_at IS NULL", new { id, image }) == 1;

    public Task Disable(SqlSession sql, string id) =>
        sql.Execute("UPDATE accounts SET disabled_at = @now WHERE id = @id AND disabled_at IS NULL", new { id, now = time.GetUtcNow().ToUnixTimeMilliseconds() });

    public Task Enable(string id, CancellationToken ct) =>
        database.Write(sql => sql.Execute("UPDATE accounts SET disabled_at = NULL WHERE id = @id", new { id }), ct);

    /// <summary>Whether somebody's password can only be checked where libsodium is.</summary>
    public async Task<bool> HasArgon2id(CancellationToken ct) => await database.Read(
        sql => sql.Value<long>("SELECT COUNT(*) FROM (SELECT 1 FROM accounts WHERE password_hash LIKE '$argon2id$%' LIMIT 1) some"), ct) == 1;

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Username { get; init; } = "";

        public string Name { get; init; } = "";

        public string? Email { get; init; }

        public string? Phone { get; init; }

        public string? Npwp { get; init; }

        public string? PasswordHash { get; init; }

        public long CreatedAt { get; init; }

        public long? DisabledAt { get; init; }

        public long Test { get; init; }

        public Account Account() => new()
        {
            Id = Id, Username = Username, Name = Name, Email = Email, Phone = Phone, Npwp = Npwp, IsTest = Test != 0,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            DisabledAt = DisabledAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        };
    }
}
