using System.CommandLine;
using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura api-key …</c></summary>
internal static class ApiKeyCommands
{
    // A key is stored as one SHA-256: short ones could be guessed from a stolen database.
    private const int ShortestForeignKey = 16;
    private const int LongestForeignKey = 512;

    public static Command Build(Terminal terminal, TimeProvider time) =>
        new("api-key", "Secrets that platforms' backends send. A platform has two live ones at most, so that it can change without a gap.")
        {
            Issue(time), Import(terminal, time), List(time), Revoke(time),
        };

    private static Option<string> OfPlatform(bool required) => new("--platform", "--client-id") { Description = "Client id of the platform", HelpName = "CLIENT-ID", Required = required };

    private static Option<string?> Expiry() => new("--expires-in") { Description = "90d, 12h, 30m, 2w; without it the key is good until it is revoked", HelpName = "SPAN" };

    private static Command Issue(TimeProvider time)
    {
        Option<string> platform = OfPlatform(required: true);
        var expiresIn = Expiry();
        var command = new Command("issue", "Make a key and show it, this once.") { platform, expiresIn };
        command.SetAction(async (said, ct) =>
        {
            var expiresAt = ExpiresAt(said.GetValue(expiresIn), time);
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var owner = await PlatformCommands.Find(here, said.GetRequiredValue(platform), ct);
            var (stored, key) = await here.Get<ApiKeys>().Issue(owner.ClientId, expiresAt, ct) ?? throw TwoAlready(owner.ClientId);
            said.Answer().One(new ApiKeyIssued(stored.Id, stored.ClientId, key.Reveal(), stored.ExpiresAt), CommandJson.Plain.ApiKeyIssued,
                "API key issued. It is shown this once: hand it to the platform's backend by a safe way.",
                [("API key", key.Reveal()), ("Platform", stored.ClientId), ("Id", stored.Id), ("Expires", Answer.Minute(stored.ExpiresAt) ?? "never")]);
        });
        return command;
    }

    private static Command Import(Terminal terminal, TimeProvider time)
    {
        Option<string> platform = OfPlatform(required: true);
        Option<string?> key = new("--key") { Description = "The key; better: leave it out and give the key as a line on standard input, where no process list shows it", HelpName = "KEY" };
        var expiresIn = Expiry();
        var command = new Command("import", "Accept a key that the platform already uses elsewhere, a UUID for example.") { platform, key, expiresIn };
        command.SetAction(async (said, ct) =>
        {
            var expiresAt = ExpiresAt(said.GetValue(expiresIn), time);
            var text = (said.GetValue(key) ?? await terminal.ReadSecret("API key", ct)).Trim();
            RefuseWeak(text);
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var owner = await PlatformCommands.Find(here, said.GetRequiredValue(platform), ct);
            var keys = here.Get<ApiKeys>();
            var foreign = new Secret(text);
            var stored = await keys.Import(owner.ClientId, foreign, expiresAt, ct) ?? throw WhyNotImported(await keys.List(ct), foreign, owner.ClientId);
            Print(said, ApiKeyShown.Of(stored, time.GetUtcNow()), "API key imported. The platform can go on using it.");
        });
        return command;
    }

    private static Command List(TimeProvider time)
    {
        Option<string> platform = OfPlatform(required: false);
        var command = new Command("list", "All keys, or those of one platform. The keys themselves are not kept, only their hashes.") { platform };
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var owner = said.GetValue(platform) is { } id ? await PlatformCommands.Find(here, id, ct) : null;
            var now = time.GetUtcNow();
            ApiKeyShown[] all = [.. (await here.Get<ApiKeys>().List(ct)).Where(k => owner is null || k.ClientId == owner.ClientId).Select(k => ApiKeyShown.Of(k, now))];
            said.Answer().Many(all, CommandJson.Plain.IReadOnlyListApiKeyShown, "No API key yet. `gapura api-key issue --platform CLIENT-ID` makes one.",
                ["Id", "Platform", "Begins with", "State", "Issued", "Expires", "Last used"],
                k => [k.Id, k.ClientId, k.Hint, k.State, Answer.Minute(k.IssuedAt), Answer.Minute(k.ExpiresAt) ?? "never", Answer.Minute(k.LastUsedAt)]);
        });
        return command;
    }

    private static Command Revoke(TimeProvider time)
    {
        var command = new Command("revoke", "Refuse a key from now on; a running server obeys within a second.");
        var subject = new Subject(command, "ID", "--id", "The key's id, 16 hex digits, as `api-key list` shows it");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var keys = here.Get<ApiKeys>();
            var revoked = await keys.Revoke(subject.Of(said), ct);
            var key = (await keys.List(ct)).FirstOrDefault(k => k.Id == subject.Of(said))
                ?? throw new RefusedException("There is no API key with this id. `gapura api-key list` shows all; the id is not the key.");
            Print(said, ApiKeyShown.Of(key, time.GetUtcNow()), revoked ? "API key revoked." : "This API key was revoked before.");
        });
        return command;
    }

    private static DateTimeOffset? ExpiresAt(string? span, TimeProvider time) => span is null ? null : time.GetUtcNow() + Given.Span(span);

    private static void RefuseWeak(string key)
    {
        if (key.Length == 0) throw new RefusedException("Give the key as a line on standard input, or say --key.") { IsUsage = true };
        if (key.Length is < ShortestForeignKey or > LongestForeignKey || !key.All(c => c is > ' ' and <= '~'))
            throw new RefusedException($"The key must have {ShortestForeignKey} to {LongestForeignKey} printable ASCII characters without spaces, such as a UUID; a shorter one can be guessed.");
        if (ApiKeyText.IsMistyped(key)) throw new RefusedException("The key begins like one of Gapura's own but its checksum does not fit: it was not copied whole.");
    }

    private static RefusedException TwoAlready(string clientId) =>
        new($"Platform '{clientId}' has two live API keys already: revoke one first. `gapura api-key list --platform {clientId}` shows them.");

    private static RefusedException WhyNotImported(IReadOnlyList<ApiKey> keys, Secret key, string clientId) =>
        keys.FirstOrDefault(k => k.Hash.AsSpan().SequenceEqual(key.Hash())) is { } known
            ? new($"This key is known already: it is API key {known.Id} of platform '{known.ClientId}'. A key serves one platform once.")
            : TwoAlready(clientId);

    private static void Print(ParseResult said, ApiKeyShown key, string heading) => said.Answer().One(key, CommandJson.Plain.ApiKeyShown, heading,
        [("Id", key.Id), ("Platform", key.ClientId), ("Begins with", key.Hint), ("State", key.State), ("Expires", Answer.Minute(key.ExpiresAt) ?? "never"), ("Revoked", Answer.Minute(key.RevokedAt))]);
}

/// <param name="ApiKey">The key itself: nowhere else and never again.</param>
internal sealed record ApiKeyIssued(string Id, string ClientId, string ApiKey, DateTimeOffset? ExpiresAt);

/// <param name="State"><c>live</c>, <c>expired</c> or <c>revoked</c>.</param>
internal sealed record ApiKeyShown(
    string Id, string ClientId, string Hint, bool Imported, string State, DateTimeOffset IssuedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt)
{
    public static ApiKeyShown Of(ApiKey k, DateTimeOffset now) => new(
        k.Id, k.ClientId, k.Hint, k.IsImported, k.IsLive(now) ? "live" : k.RevokedAt is not null ? "revoked" : "expired", k.IssuedAt, k.ExpiresAt, k.RevokedAt, k.LastUsedAt);
}
