using System.Security.Cryptography;
using System.Text;

namespace Gapura.Kernel;

/// <summary>What handles are tagged with. Each purpose has a key of its own, so that no handle passes for another kind.</summary>
internal sealed class HandleKey
{
    private readonly byte[] _loginTicket, _qrChallenge, _commitment, _deviceChallenge, _phoneChallenge, _qrDigits, _signInAsked, _dpopNonce, _pushedRequest;

    /// <param name="id">One byte, carried in the clear inside every handle.</param>
    /// <param name="material">32 random bytes.</param>
    public HandleKey(byte id, byte[] material)
    {
        Id = id;
        _loginTicket = Derive(material, "login ticket");
        _qrChallenge = Derive(material, "QR challenge");
        _commitment = Derive(material, "browser secret commitment");
        _deviceChallenge = Derive(material, "device challenge");
        _phoneChallenge = Derive(material, "phone challenge");
        _qrDigits = Derive(material, "QR digits");
        _signInAsked = Derive(material, "sign-in asked");
        _dpopNonce = Derive(material, "DPoP nonce");
        _pushedRequest = Derive(material, "pushed authorization request");
    }

    public byte Id { get; }

    public byte[] LoginTicketTag(ReadOnlySpan<byte> body) => HMACSHA256.HashData(_loginTicket, body);

    public byte[] QrChallengeTag(ReadOnlySpan<byte> body) => HMACSHA256.HashData(_qrChallenge, body);

    public byte[] Commitment(ReadOnlySpan<byte> body) => HMACSHA256.HashData(_commitment, body);

    public byte[] DeviceChallengeTag(ReadOnlySpan<byte> body) => HMACSHA256.HashData(_deviceChallenge, body);

    public byte[] PhoneChallengeTag(ReadOnlySpan<byte> body) => HMACSHA256.HashData(_phoneChallenge, body);

    public byte[] QrDigits(ReadOnlySpan<byte> body) => HMACSHA256.HashData(_qrDigits, body);

    public byte[] SignInAskedTag(ReadOnlySpan<byte> body) => HMACSHA256.HashData(_signInAsked, body);

    public byte[] DpopNonceTag(ReadOnlySpan<byte> body) => HMACSHA256.HashData(_dpopNonce, body);

    /// <summary>AES-256-GCM for what a client pushed ahead: the handle carries it all, so it must not be read on the way.</summary>
    public AesGcm PushedRequestSeal() => new(_pushedRequest, AesGcm.TagByteSizes.MaxSize);

    // HKDF (RFC 5869) with the purpose as its info.
    private static byte[] Derive(byte[] material, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, salt: [], Encoding.ASCII.GetBytes("gapura handle: " + purpose));
}

/// <summary>The keys that are good now: one to issue with, and every one a live handle may still carry.</summary>
internal sealed record HandleKeyRing(HandleKey Current, IReadOnlyList<HandleKey> Accepted)
{
    public HandleKey? Find(byte id) => Accepted.FirstOrDefault(k => k.Id == id);
}
