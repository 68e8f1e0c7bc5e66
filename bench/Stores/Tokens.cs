using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gapura.Bench.Running;

namespace Gapura.Bench.Stores;

/// <summary>Grants with a first refresh token or an authorization code each, written past the server: only their hashes lie there, as always.</summary>
internal static class Tokens
{
    public const string Verifier = "a-verifier-of-more-than-forty-three-characters-long";
    public const string RedirectUri = "https://bench.example/back";

    /// <returns>Tokens that can each be traded once.</returns>
    public static IReadOnlyList<string> Refreshable(Store store, IReadOnlyList<Person> people, int count)
    {
        string[] tokens = [.. Enumerable.Range(0, count).Select(_ => "gpr_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)))];
        var letter = Grants(store, people, count, "Qr", "");
        store.Each("INSERT INTO refresh_tokens (hash, grant_id, issued_at, expires_at) VALUES (@hash, @grant, @now, @expires)", Enumerable.Range(0, count),
            i => [("@hash", Hash(tokens[i])), ("@grant", Id(letter, i)), ("@now", Now), ("@expires", Now + 30L * 86_400_000)]);
        return tokens;
    }

    /// <returns>Codes of the hall that can each be redeemed once, within the hour.</returns>
    public static IReadOnlyList<string> Codes(Store store, IReadOnlyList<Person> people, int count)
    {
        string[] codes = [.. Enumerable.Range(0, count).Select(_ => "gpc_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)))];
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        var letter = Grants(store, people, count, "OpenId", "openid offline_access");
        store.Each("""
            INSERT INTO authorization_codes (hash, grant_id, holder, redirect_uri, code_challenge, signed_in_at, amr, acr, expires_at)
            VALUES (@hash, @grant, 'Client', @back, @challenge, @now, 'hwk user', 'phone', @expires)
            """, Enumerable.Range(0, count),
            i => [("@hash", Hash(codes[i])), ("@grant", Id(letter, i)), ("@back", RedirectUri), ("@challenge", challenge), ("@now", Now), ("@expires", Now + 3_600_000)]);
        return codes;
    }

    // Each call's grants have a prefix of their own, and lie in the order they were made, as those of a server do.
    private static string Grants(Store store, IReadOnlyList<Person> people, int count, string door, string scope)
    {
        var prefix = "t" + RandomNumberGenerator.GetHexString(6, lowercase: true);
        store.Each("INSERT INTO grants (id, account_id, client_id, device_id, door, granted_at, scope) VALUES (@id, @account, @client, @device, @door, @now, @scope)", Enumerable.Range(0, count),
            i => [("@id", Id(prefix, i)), ("@account", people[i % people.Count].AccountId), ("@client", Installation.ClientId), ("@device", people[i % people.Count].DeviceId), ("@door", door), ("@now", Now), ("@scope", scope)]);
        return prefix;
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Id(string prefix, int i) => $"{prefix}{i:D19}";

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.ASCII.GetBytes(text));
}
