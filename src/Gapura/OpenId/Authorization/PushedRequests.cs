using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gapura.Storage;

namespace Gapura.OpenId.Authorization;

/// <summary>What a client pushed (RFC 9126), opened again.</summary>
/// <param name="Id">32 hex digits: what is spent when the person says yes.</param>
internal sealed record PushedRequest(string Id, string ClientId, long ExpiresAt, Dictionary<string, string> Parameters);

/// <summary>
/// Pushed requests as handles: the request lies sealed inside its own <c>request_uri</c> (key id 1 byte, nonce 12, tag 16,
/// the compressed parameters), so that asking costs no row and any node reads what any other took in. Only its
/// completion is written down, once.
/// </summary>
internal sealed class PushedRequests(HandleKeys keys, TimeProvider time)
{
    public const string Prefix = "urn:ietf:params:oauth:request_uri:";

    /// <summary>From the push to the person's arrival; whoever arrived has the time a sign-in takes.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(90);

    // It travels in an address, and in another address's parameter.
    private const int Longest = 4_000;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Head = 1 + NonceLength + TagLength;

    /// <returns>Null when it is too long to be carried.</returns>
    public string? Issue(string clientId, IReadOnlyDictionary<string, string> parameters)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var plain = Compress(JsonSerializer.SerializeToUtf8Bytes(
            new PushedRequest(id, clientId, (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds(), new(parameters, StringComparer.Ordinal)), PushedRequestJson.Default.PushedRequest));
        var key = keys.Ring.Current;
        var box = new byte[Head + plain.Length];
        box[0] = key.Id;
        var nonce = box.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = key.PushedRequestSeal();
        aes.Encrypt(nonce, plain, box.AsSpan(Head), box.AsSpan(1 + NonceLength, TagLength), box.AsSpan(0, 1));
        return Prefix + Base64Url.EncodeToString(box) is { Length: <= Longest } uri ? uri : null;
    }

    /// <param name="hasArrived">The person was here with it in time: then it lasts while they sign in, as long as <see cref="AskedAgain"/> says and its completion is remembered.</param>
    /// <returns>Null for one that is not ours, another client's, or late.</returns>
    public PushedRequest? Open(string requestUri, string clientId, bool hasArrived)
    {
        if (requestUri.Length > Longest || !requestUri.StartsWith(Prefix, StringComparison.Ordinal) || !Base64Url.IsValid(requestUri.AsSpan(Prefix.Length), out var length) || length <= Head) return null;
        var box = Base64Url.DecodeFromChars(requestUri.AsSpan(Prefix.Length));
        if (keys.Ring.Find(box[0]) is not { } key) return null;
        var plain = new byte[box.Length - Head];
        try
        {
            using var aes = key.PushedRequestSeal();
            aes.Decrypt(box.AsSpan(1, NonceLength), box.AsSpan(Head), box.AsSpan(1 + NonceLength, TagLength), plain, box.AsSpan(0, 1));
        }
        catch (CryptographicException)
        {
            return null;
        }

        var request = JsonSerializer.Deserialize(Decompress(plain), PushedRequestJson.Default.PushedRequest)!;
        return request.ClientId == clientId && time.GetUtcNow().ToUnixTimeSeconds() < request.ExpiresAt + (hasArrived ? (long)AskedAgain.Longest.TotalSeconds : 0) ? request : null;
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest)) deflate.Write(bytes);
        return packed.ToArray();
    }

    // Ours, by its tag: whatever comes out is no longer than what we let in.
    private static byte[] Decompress(byte[] bytes)
    {
        using var plain = new MemoryStream();
        using (var deflate = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress)) deflate.CopyTo(plain);
        return plain.ToArray();
    }
}

[JsonSerializable(typeof(PushedRequest))]
internal sealed partial class PushedRequestJson : JsonSerializerContext;
