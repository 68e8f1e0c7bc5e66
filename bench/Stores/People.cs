using System.Security.Cryptography;
using Gapura.Bench.Running;

namespace Gapura.Bench.Stores;

/// <summary>Somebody with a phone that really signs.</summary>
internal sealed record Person(string AccountId, string DeviceId, Phone Phone);

/// <summary>Many people at once, written past the server: what a test needs thousands of.</summary>
internal static class People
{
    private const long Now = 1_760_000_000_000;

    /// <summary>People whose phones sign.</summary>
    /// <param name="among">How many lie there beside them: their rows come to lie between those, as anybody's do.</param>
    public static IReadOnlyList<Person> WithPhones(Store store, int count, long among = 0)
    {
        var mark = "p" + RandomNumberGenerator.GetHexString(6, lowercase: true);
        Person[] people = [.. Enumerable.Range(1, count).Select(i => i * Math.Max(among, count) / count).Select(i => new Person($"a{i:D25}{mark}", $"x{i:D25}{mark}", new Phone()))];
        var hash = store.Value<string>("SELECT password_hash FROM accounts WHERE username = 'orang'");
        store.Each("INSERT INTO accounts (id, username, name, password_hash, created_at) VALUES (@id, @username, @name, @hash, @now)", people,
            p => [("@id", p.AccountId), ("@username", UserName(p)), ("@name", "Orang Banyak"), ("@hash", hash), ("@now", Now)]);
        store.Each("INSERT INTO devices (id, account_id, public_key, name, enrolled_at) VALUES (@id, @account, @key, 'Ponsel', @now)", people,
            p => [("@id", p.DeviceId), ("@account", p.AccountId), ("@key", p.Phone.PublicKey), ("@now", Now)]);
        return people;
    }

    public static string UserName(Person person) => "u" + person.AccountId[1..];

    /// <summary>People who only lie there, each with three phones that nobody holds.</summary>
    /// <param name="from">How many of them lie there already.</param>
    public static void Lying(Store store, long from, long count)
    {
        store.Execute($"{store.Series(count)} INSERT INTO accounts (id, username, name, created_at) SELECT {store.Id('a')}, {store.Id('v')}, 'Orang Lain', {Now} FROM s WHERE i > {from}");
        foreach (var which in "xyz")
            store.Execute($"{store.Series(count)} INSERT INTO devices (id, account_id, public_key, name, enrolled_at) SELECT {store.Id(which)}, {store.Id('a')}, '04' || {store.Hex128(count)}, 'Ponsel', {Now} FROM s WHERE i > {from}");
    }

    /// <summary>Platforms beside the one that is measured. A server that runs hears of them within a second.</summary>
    public static void Platforms(Store store, int count)
    {
        store.Execute($"""
            {store.Series(count)} INSERT INTO platforms (client_id, name, company, domain, origins, redirect_uris, policies, created_at)
            SELECT {store.Id('k')}, 'Mitra', 'Mitra', 'https://mitra.example', '', '', 'documented', {Now} FROM s
            """);
        store.Execute("UPDATE revisions SET revision = revision + 1 WHERE topic = 'platforms'");
    }
}
