namespace Gapura.Tokens;

/// <summary>A way of signing (RFC 7518 section 3.1), with a row of keys of its own.</summary>
/// <param name="Name"><c>alg</c></param>
/// <param name="Purpose">Under which its keys are sealed in the database.</param>
/// <param name="NewPkcs8">Makes a private key, PKCS #8. For RS256 that takes a tenth of a second: never while somebody waits.</param>
internal sealed record SigningAlgorithm(string Name, string Purpose, Func<byte[]> NewPkcs8, Func<byte[], SigningKey> Open)
{
    /// <summary>Short and quick: every access token, and the ID tokens of who asked for it.</summary>
    public static readonly SigningAlgorithm Es256 = new("ES256", "signing", EcSigningKey.NewPkcs8, pkcs8 => new EcSigningKey(pkcs8));

    /// <summary>What every OpenID Connect client understands, and gets unless it registered another (Core 1.0 section 15.1).</summary>
    public static readonly SigningAlgorithm Rs256 = new("RS256", "signing-rs256", RsaSigningKey.NewPkcs8, pkcs8 => new RsaSigningKey(pkcs8));

    public static IReadOnlyList<SigningAlgorithm> All { get; } = [Es256, Rs256];

    /// <param name="name">Null for the usual of ID tokens.</param>
    public static SigningAlgorithm OfIdToken(string? name) => name is null ? Rs256 : All.First(a => a.Name == name);
}
