using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Clients;

/// <summary>
/// <c>private_key_jwt</c>: a platform shows who it is by a text it signed for this moment, good once. Until the signature is
/// known to be the platform's there is one answer to everything; after it, its owner hears what is wrong.
/// </summary>
internal sealed class ClientAssertions(PlatformRegister platforms, ClientKeys keys, TokenOptions options, Ceremonies ceremonies, Database database, TimeProvider time)
{
    public const string Method = "private_key_jwt";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const int Longest = 8_192;

    /// <summary>Whether the caller tried to authenticate by one.</summary>
    public static bool IsTried(RequestFields fields) => fields.Has("client_assertion") || fields.Has("client_assertion_type");

    /// <param name="path">Of the endpoint that was called.</param>
    public async Task<(Platform? Platform, Refusal? Refusal)> Verify(RequestFields fields, string path, CancellationToken ct)
    {
        // 1. read_assertion
        if (fields["client_assertion_type"] != AssertionType || fields["client_assertion"] is not { } text || SignedText.Read(text, Longest) is not { } assertion) return (null, null);

        // 2. load_client
        if (platforms.Active(assertion.Claims.Text("sub") ?? assertion.Claims.Text("iss") ?? "") is not { Client.AuthenticationMethod: Method } platform) return (null, null);

        // 3. check_signature
        if (!await keys.Verify(platform, assertion, ct)) return (null, null);

        // 4. check_claims
        if (fields.Has("client_id") && fields["client_id"] != platform.ClientId) return No("client_id is not the client_assertion's.");
        var now = time.GetUtcNow();
        if (AssertionRules.Problem(assertion.Claims, platform, options.Issuer.Text, options.Issuer.Text + path, now) is { } problem) return No(problem);

        // 5. spend_assertion
        return await Spend(platform, assertion.Claims, now, ct) ? (platform, null) : No("client_assertion was used before: every request needs its own jti.");
    }

    private Task<bool> Spend(Platform platform, Members claims, DateTimeOffset now, CancellationToken ct)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(claims.Text("jti")!)));
        var until = claims.Instant("exp")!.Value + SignedTimes.Skew;
        return database.Write(sql => ceremonies.TryAdd(sql, new Ceremony
        {
            Key = $"assertion:{platform.ClientId}:{id}", Door = Door.OpenId, State = CeremonyState.Collected, Handle = "", ClientId = platform.ClientId, AccountId = "",
            MovedAt = now, ExpiresAt = until, CollectUntil = until, KeepUntil = until.AddMinutes(1),
        }), ct);
    }

    private static (Platform?, Refusal?) No(string sentence) => (null, Refusals.ClientNotAuthenticated.Because(sentence));
}
