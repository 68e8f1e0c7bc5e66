using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Registration;

/// <summary>Keeper of platforms that registered themselves, and of what manages each of them.</summary>
internal sealed class Registrations(Database database, PlatformRegister platforms, ApiKeys apiKeys, RegistrationTokens tokens, Grants grants)
{
    private const string Prefix = "gpm_";

    /// <summary>Random, so that it says nothing and is taken by nobody.</summary>
    public static string NewClientId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Uses the initial token and adds the platform, in one transaction.</summary>
    /// <returns>Null when the token could be used no more.</returns>
    public async Task<Registered?> Add(Platform platform, Secret initial, CancellationToken ct)
    {
        var management = Secret.New(Prefix);
        var added = await database.Write(async sql =>
        {
            if (await tokens.Use(sql, initial) is not { } company) return null;
            var whole = platform with { Company = company, Client = platform.Client with { RegistrationTokenHash = Hash(management) } };
            return await PlatformRegister.TryAdd(sql, whole) ? whole : throw new InvalidOperationException("A random client id is taken.");
        }, ct);
        return added is null ? null : new Registered(added, management, await SecretFor(added, ct));
    }

    /// <summary>The platform that a management token belongs to. An unknown, a disabled and another's look alike.</summary>
    public Platform? Managed(string clientId, Secret management) =>
        platforms.Active(clientId) is { Client.RegistrationTokenHash: { } hash } platform && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Hash(management)))
            ? platform : null;

    /// <summary>Whether this is the platform's live secret.</summary>
    public bool IsSecretOf(Platform platform, string secret) => apiKeys.Verify(secret)?.Platform.ClientId == platform.ClientId;

    /// <summary>Replaces it. Where people are called otherwise from then on, what was given under their old names ends with it.</summary>
    public async Task<Registered> Replace(Platform before, Platform platform, Secret management, CancellationToken ct)
    {
        await database.Write(async sql =>
        {
            await PlatformRegister.Update(sql, platform);
            if (SectorRules.IsRenamed(platform, before)) await grants.RevokeOfPlatform(sql, platform.ClientId);
        }, ct);
        return new Registered(platform, management, await SecretFor(platform, ct));
    }

    /// <summary>Disabled, not deleted: what people were signed in to keeps its name in their history.</summary>
    public async Task Remove(Platform platform, CancellationToken ct)
    {
        await platforms.SetDisabled(platform.ClientId, disabled: true, ct);
        await apiKeys.RevokeAll(platform.ClientId, ct);
        await Follow(ct);
    }

    // A secret where its way of showing who it is needs one and it has none; none where it needs none.
    private async Task<Secret?> SecretFor(Platform platform, CancellationToken ct)
    {
        var needs = platform.Client.AuthenticationMethod is "client_secret_basic" or "client_secret_post";
        await apiKeys.Refresh(ct);
        Secret? secret = null;
        if (!needs) await apiKeys.RevokeAll(platform.ClientId, ct);
        else if (!apiKeys.IsKeyed(platform.ClientId)) secret = (await apiKeys.Issue(platform.ClientId, expiresAt: null, ct))?.Key;
        await Follow(ct);
        return secret;
    }

    // Whoever reads the answer uses it at once, and on this node most likely.
    private async Task Follow(CancellationToken ct)
    {
        await platforms.Refresh(ct);
        await apiKeys.Refresh(ct);
    }

    private static string Hash(Secret token) => Convert.ToHexStringLower(token.Hash());
}

/// <summary>A registration as it stands, and what is shown with it.</summary>
/// <param name="Management">What shows, changes and ends it (RFC 7592).</param>
/// <param name="Secret">Only when it is new: it is kept as a hash.</param>
internal sealed record Registered(Platform Platform, Secret Management, Secret? Secret);
