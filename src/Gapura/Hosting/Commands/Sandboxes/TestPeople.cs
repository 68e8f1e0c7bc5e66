using System.Security.Cryptography;
using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Hosting.Commands.Sandboxes;

/// <param name="Password">Nowhere else and never again.</param>
internal sealed record TestPerson(string Username, string Password, string Name, string? Npwp)
{
    public override string ToString() => Username;
}

/// <summary>
/// Three people that nobody is, made for one sandbox with passwords of their own: one partner's test people tell another
/// partner nothing. They may sign in to every sandbox, so that signing in to two sites with one account can be tried.
/// </summary>
internal static class TestPeople
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int LongestUsername = 64;

    // A tax number of 16 digits begins with a province or with 0: there is no province 99, and no day 00 of a month 00
    // within it. The last of the three has none, which a platform must be able to bear.
    private static readonly (string First, string Name, string? Npwp)[] People =
    [
        ("budi", "Budi Percobaan", "9999000000000011"), ("siti", "Siti Percobaan", "9999000000000022"), ("wayan", "Wayan", null),
    ];

    /// <summary>Passwords are hashed before the transaction: that takes a while, on purpose.</summary>
    public static async Task<IReadOnlyList<(TestPerson Person, string Hash)>> Imagine(string clientId, Passwords passwords, CancellationToken ct)
    {
        List<(TestPerson, string)> all = [];
        foreach (var (first, name, npwp) in People)
        {
            var password = string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
            all.Add((new TestPerson(Username(first, clientId), password, name, npwp), await passwords.Hash(password, ct)));
        }

        return all;
    }

    /// <returns>As they are stored: a name that was taken has something behind it.</returns>
    public static async Task<IReadOnlyList<TestPerson>> Add(SqlSession sql, IReadOnlyList<(TestPerson Person, string Hash)> people, TimeProvider time)
    {
        List<TestPerson> added = [];
        foreach (var (person, hash) in people) added.Add(await Add(sql, person, hash, time));
        return added;
    }

    private static async Task<TestPerson> Add(SqlSession sql, TestPerson person, string hash, TimeProvider time)
    {
        for (var named = person; ; named = person with { Username = $"{person.Username[..Math.Min(person.Username.Length, LongestUsername - 5)]}.{RandomNumberGenerator.GetString(Letters, 4)}" })
        {
            var account = new Account { Id = PublicId.New(time), Username = named.Username, Name = named.Name, Email = $"{named.Username}@example.com", Npwp = named.Npwp, IsTest = true, CreatedAt = time.GetUtcNow() };
            if (await AccountRegister.TryAdd(sql, account, hash)) return named;
        }
    }

    private static string Username(string first, string clientId)
    {
        var username = Account.Normalise($"{first}.{clientId}");
        return username[..Math.Min(username.Length, LongestUsername)];
    }
}
