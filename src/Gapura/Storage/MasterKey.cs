using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Storage;

/// <summary>
/// Seals what the database must not hold in the clear: AES-256-GCM, the purpose as associated data. 12 bytes nonce,
/// 16 bytes tag, then the ciphertext. The key itself lies outside the database, so a stolen dump signs nobody in.
/// </summary>
internal sealed partial class MasterKey(byte[] key)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public byte[] Seal(byte[] secret, string purpose)
    {
        var box = new byte[NonceLength + TagLength + secret.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(box.AsSpan(0, NonceLength), secret, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(purpose));
        return box;
    }

    /// <exception cref="CryptographicException">Sealed under another key, for another purpose, or altered.</exception>
    public byte[] Open(byte[] box, string purpose)
    {
        if (box.Length < NonceLength + TagLength) throw new CryptographicException("Too short to have been sealed.");
        var secret = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(box.AsSpan(0, NonceLength), box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), secret, Encoding.UTF8.GetBytes(purpose));
        return secret;
    }

    /// <summary>A key of 32 bytes for another purpose (HKDF, RFC 5869): the same on every node, and for ever.</summary>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, salt: [], Encoding.UTF8.GetBytes("gapura master: " + purpose));

    /// <summary>Reads the key (64 hex digits, 32 bytes) from the setting or the file; makes the file when it is not there.</summary>
    /// <param name="setting">The key itself, or null to use the file.</param>
    /// <param name="path">File readable by its owner only.</param>
    public static MasterKey Load(string? setting, string path)
    {
        if (setting is not null) return Parse(setting, "the setting MasterKey");
        if (!File.Exists(path)) Create(path);
        return Parse(File.ReadAllText(path), path);
    }

    private static MasterKey Parse(string text, string source)
    {
        text = text.Trim();
        if (text.Length != 64 || !text.All(char.IsAsciiHexDigit))
            throw new DatabaseUnavailableException($"The master key in {source} is not 64 hexadecimal digits. Restore it from your backup; without it the keys in the database cannot be read.");
        return new MasterKey(Convert.FromHexString(text));
    }

    // Written whole beside its place, then put there: another process sees all of the key or none of it.
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        // Random: in two containers on one volume both processes have the number 1.
        var draft = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        // When another process was first, its key is the key. File.Move looks and then renames, so of two at once the
        // second would put its key over the first's, which may be in use already; link(2) cannot.
        try
        {
            if (OperatingSystem.IsWindows() || (Link(draft, path) != 0 && !File.Exists(path))) File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
        }

        File.Delete(draft);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
