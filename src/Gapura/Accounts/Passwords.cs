using Microsoft.AspNetCore.Identity;

namespace Gapura.Accounts;

/// <summary>What a password did against a stored hash.</summary>
internal enum PasswordMatch
{
    No,
    Yes,

    /// <summary>Right, but the hash is of an older kind: make it anew.</summary>
    YesButOld,
}

/// <summary>
/// Password hashes: Argon2id through libsodium, or the framework's PBKDF2-SHA512 where that library is missing. A hash
/// names its algorithm, so both can lie in one database.
/// </summary>
internal sealed class Passwords : IDisposable
{
    private const string Pbkdf2 = "pbkdf2$";

    // OWASP's figure for PBKDF2-HMAC-SHA512 (2023).
    private static readonly PasswordHasher<Account> Framework = new(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));
    private readonly Sodium? _sodium;
    private readonly Lazy<string> _nobody;
    private readonly HashingThreads _threads = new();

    public Passwords(Sodium? sodium)
    {
        _sodium = sodium;
        _nobody = new(() => Make("nobody has this password"));
    }

    /// <summary>For the log and the doctor.</summary>
    public string Algorithm => _sodium is null ? "PBKDF2-SHA512 (libsodium not found)" : "Argon2id (libsodium)";

    public Task<string> Hash(string password, CancellationToken ct) => _threads.Run(() => Make(password), ct);

    /// <param name="stored">Null for an unknown user or one without a password: the same work is done, and the answer is no.</param>
    public Task<PasswordMatch> Verify(string password, string? stored, CancellationToken ct) => _threads.Run(() =>
    {
        var match = Compare(password, stored ?? _nobody.Value);
        return stored is null ? PasswordMatch.No : match;
    }, ct);

    public void Dispose() => _threads.Dispose();

    private string Make(string password) => _sodium is not null ? _sodium.Hash(password) : Pbkdf2 + Framework.HashPassword(null!, password);

    private PasswordMatch Compare(string password, string stored)
    {
        if (stored.StartsWith(Pbkdf2, StringComparison.Ordinal))
        {
            return Framework.VerifyHashedPassword(null!, stored[Pbkdf2.Length..], password) switch
            {
                PasswordVerificationResult.Failed => PasswordMatch.No,
                PasswordVerificationResult.Success when _sodium is null => PasswordMatch.Yes,
                _ => PasswordMatch.YesButOld,
            };
        }

        if (_sodium is null) throw new DllNotFoundException("This password was hashed with Argon2id: install libsodium (Debian: libsodium23) on this machine.");
        if (!_sodium.Verify(password, stored)) return PasswordMatch.No;
        return _sodium.NeedsRehash(stored) ? PasswordMatch.YesButOld : PasswordMatch.Yes;
    }
}
