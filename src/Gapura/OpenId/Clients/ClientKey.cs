using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Gapura.OpenId.Clients;

/// <summary>A stranger's public key (RFC 7517): a point on P-256, or an RSA modulus of 2,048 to 8,192 bits. Nothing private, nothing shared.</summary>
internal sealed class ClientKey
{
    private const int LeastModulus = 256;
    private const int LargestModulus = 1024;
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
    private readonly ECParameters? _point;
    private readonly RSAParameters? _rsa;
    private readonly string? _use, _algorithm;

    private ClientKey(Members jwk, ECParameters? point, RSAParameters? rsa, string thumbprint)
    {
        (Id, _use, _algorithm) = (jwk.Text("kid"), jwk.Text("use"), jwk.Text("alg"));
        (_point, _rsa, Thumbprint) = (point, rsa, thumbprint);
    }

    /// <summary><c>kid</c>; null when it has none.</summary>
    public string? Id { get; }

    /// <summary>SHA-256 over the members that make it up (RFC 7638), base64url, 43 characters.</summary>
    public string Thumbprint { get; }

    /// <returns>The key, or why it is none of ours: a sentence for whoever registers it.</returns>
    public static (ClientKey? Key, string? Problem) Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return (null, "A key is a JSON object.");
        var jwk = new Members(element);
        if (PrivateMembers.FirstOrDefault(jwk.Has) is { } secret) return (null, $"A key holds the private member {secret}: send the public part alone, and make a new pair.");
        try
        {
            return jwk.Text("kty") switch
            {
                "EC" => ReadPoint(jwk),
                "RSA" => ReadModulus(jwk),
                _ => (null, "kty must be EC or RSA."),
            };
        }
        catch (CryptographicException)
        {
            return (null, "A key's numbers are not a key.");
        }
    }

    /// <summary>Whether it may have made a signature of this kind.</summary>
    public bool Fits(string algorithm) =>
        _use is null or "sig" && (_algorithm is null || _algorithm == algorithm) && (_point is not null ? algorithm == AcceptedAlgorithms.Es256 : algorithm is AcceptedAlgorithms.Ps256 or AcceptedAlgorithms.Rs256);

    public bool Verify(SignedText text)
    {
        if (!Fits(text.Algorithm)) return false;
        if (_point is { } point)
        {
            using var key = ECDsa.Create(point);
            return key.Verify(text.SignedBytes, text.Signature);
        }

        using var rsa = RSA.Create(_rsa!.Value);
        return rsa.Verify(text.Algorithm, text.SignedBytes, text.Signature);
    }

    /// <returns>Null for a key on another curve than P-256.</returns>
    public static string? ThumbprintOf(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false);
        return point.Curve.IsNamed && point.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value ? OfPoint(Base64Url.EncodeToString(point.Q.X), Base64Url.EncodeToString(point.Q.Y)) : null;
    }

    public static string ThumbprintOf(RSA key)
    {
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return OfNumbers(Base64Url.EncodeToString(numbers.Modulus), Base64Url.EncodeToString(numbers.Exponent));
    }

    private static (ClientKey?, string?) ReadPoint(Members jwk)
    {
        if (jwk.Text("crv") != "P-256") return (null, "crv must be P-256.");
        if (Bytes(jwk, "x") is not { Length: 32 } x || Bytes(jwk, "y") is not { Length: 32 } y) return (null, "x and y must be 32 bytes in base64url.");
        var point = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
        using (ECDsa.Create(point))
        {
            // Made once here, so that a point off the curve is refused now.
        }

        return (new ClientKey(jwk, point, null, OfPoint(jwk.Text("x")!, jwk.Text("y")!)), null);
    }

    private static (ClientKey?, string?) ReadModulus(Members jwk)
    {
        if (Bytes(jwk, "n") is not { } n || Bytes(jwk, "e") is not { } e || e.Length is < 1 or > 4 || n.Length == 0) return (null, "n and e must be numbers in base64url.");
        if (n[0] == 0 || e[0] == 0) return (null, "n and e must be written without leading zeros (RFC 7518 section 6.3.1).");
        if (n.Length < LeastModulus || (n.Length == LeastModulus && n[0] < 0x80)) return (null, "An RSA key has 2,048 bits at least.");
        if (n.Length > LargestModulus) return (null, "An RSA key has 8,192 bits at most.");
        if ((n[^1] & 1) == 0 || (e[^1] & 1) == 0 || e is [1]) return (null, "A key's numbers are not a key.");
        var parameters = new RSAParameters { Modulus = n, Exponent = e };
        using (RSA.Create(parameters))
        {
            // As above.
        }

        return (new ClientKey(jwk, null, parameters, OfNumbers(jwk.Text("n")!, jwk.Text("e")!)), null);
    }

    private static byte[]? Bytes(Members jwk, string name)
    {
        if (jwk.Text(name) is not { Length: <= 2_000 } text || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }

    private static string OfPoint(string x, string y) => Hash($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""");

    private static string OfNumbers(string n, string e) => Hash($$"""{"e":"{{e}}","kty":"RSA","n":"{{n}}"}""");

    private static string Hash(string members) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(members)));
}
