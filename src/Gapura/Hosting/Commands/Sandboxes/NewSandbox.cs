using System.Security.Cryptography;
using Gapura.Accounts;
using Gapura.Platforms;

namespace Gapura.Hosting.Commands.Sandboxes;

/// <summary>A platform to try out with: the platform, a key and its test people, in one transaction.</summary>
internal static class NewSandbox
{
    private const int LongestDerived = 40;

    /// <summary>The client id that a name suggests: <c>Tau Tau Beres.id</c> is <c>tau-tau-beres.id</c>.</summary>
    public static string ClientIdOf(string name)
    {
        var words = string.Concat(name.Normalize().ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-')).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var id = string.Join('-', words);
        id = id[..Math.Min(id.Length, LongestDerived)].Trim('-', '.', '_');
        return id.Length > 0 ? id : "sandbox";
    }

    /// <param name="isDerived">Nobody chose the client id: one that is taken gets four digits behind it.</param>
    /// <exception cref="RefusedException">There is a platform with this client id.</exception>
    public static async Task<SandboxShown> Add(OpenInstallation here, Platform platform, bool isDerived, Settings settings, TimeProvider time, CancellationToken ct)
    {
        for (var named = platform; ; named = platform with { ClientId = $"{platform.ClientId}-{RandomNumberGenerator.GetInt32(1000, 10_000)}" })
        {
            var people = await TestPeople.Imagine(named.ClientId, here.Get<Passwords>(), ct);
            var made = await here.Database.Write(async sql =>
            {
                if (!await PlatformRegister.TryAdd(sql, named)) return null;
                var (_, key) = await here.Get<ApiKeys>().Issue(sql, named.ClientId, expiresAt: null) ?? throw new InvalidOperationException("A new platform has no key yet.");
                return SandboxShown.Of(named, key, await TestPeople.Add(sql, people, time), settings);
            }, ct);
            if (made is not null) return made;
            if (!isDerived) throw new RefusedException($"There is a platform '{named.ClientId}' already; nothing was changed. `gapura platform show {named.ClientId}` shows it.");
        }
    }
}
