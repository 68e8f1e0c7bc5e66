using System.Security.Cryptography;
using System.Text;
using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

public sealed class MasterKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-tests-");
    private readonly MasterKey _key = new(RandomNumberGenerator.GetBytes(32));
    private readonly byte[] _secret = Encoding.UTF8.GetBytes("a private key");

    private string KeyFile => Path.Combine(_folder.FullName, "master.key");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_it_sealed_it_opens() => Assert.Equal(_secret, _key.Open(_key.Seal(_secret, "p"), "p"));

    [Fact]
    public void Nothing_at_all_can_be_sealed_too() => Assert.Empty(_key.Open(_key.Seal([], "p"), "p"));

    [Fact]
    public void The_same_secret_is_never_sealed_alike() => Assert.NotEqual(_key.Seal(_secret, "p"), _key.Seal(_secret, "p"));

    [Fact]
    public void Another_purpose_is_refused() => Assert.ThrowsAny<CryptographicException>(() => _key.Open(_key.Seal(_secret, "signing:1"), "signing:2"));

    [Fact]
    public void Another_key_is_refused() =>
        Assert.ThrowsAny<CryptographicException>(() => new MasterKey(RandomNumberGenerator.GetBytes(32)).Open(_key.Seal(_secret, "p"), "p"));

    [Fact]
    public void Any_flipped_bit_is_refused()
    {
        var box = _key.Seal(_secret, "p");
        for (var bit = 0; bit < box.Length * 8; bit++)
        {
            box[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<CryptographicException>(() => _key.Open(box, "p"));
            box[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Any_cut_is_refused()
    {
        var box = _key.Seal(_secret, "p");
        for (var length = 0; length < box.Length; length++)
            Assert.ThrowsAny<CryptographicException>(() => _key.Open(box[..length], "p"));
    }

    [Fact]
    public void What_it_derives_is_the_same_for_ever_and_another_for_each_purpose()
    {
        var key = new MasterKey(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        Assert.Equal(key.Derive("a"), new MasterKey(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()).Derive("a"));
        Assert.NotEqual(key.Derive("a"), key.Derive("b"));
        Assert.Equal(32, key.Derive("a").Length);
    }

    [Fact]
    public void A_file_is_made_once_and_read_again()
    {
        var box = MasterKey.Load(null, KeyFile).Seal(_secret, "p");
        Assert.Equal(_secret, MasterKey.Load(null, KeyFile).Open(box, "p"));
        Assert.Matches("^[0-9a-f]{64}\n$", File.ReadAllText(KeyFile));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void Its_file_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        MasterKey.Load(null, KeyFile);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public async Task Several_that_make_it_at_once_end_with_one()
    {
        for (var round = 0; round < 20; round++)
        {
            var path = Path.Combine(_folder.FullName, $"{round}", "master.key");
            var keys = await AtOnce.Run(8, _ => Task.FromResult(MasterKey.Load(null, path)));
            var box = keys[0].Seal(_secret, "p");
            foreach (var key in keys) Assert.Equal(_secret, key.Open(box, "p"));
            Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddee")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeefg")]
    public void A_file_of_another_text_says_what_to_restore(string text)
    {
        File.WriteAllText(KeyFile, text);
        var refused = Assert.Throws<DatabaseUnavailableException>(() => MasterKey.Load(null, KeyFile));
        Assert.Contains(KeyFile, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Restore it from your backup", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(KeyFile));
    }

    [Fact]
    public void A_setting_is_used_and_no_file_made()
    {
        var text = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var box = MasterKey.Load(text, KeyFile).Seal(_secret, "p");
        Assert.Equal(_secret, MasterKey.Load(text.ToLowerInvariant() + "\n", KeyFile).Open(box, "p"));
        Assert.Empty(_folder.GetFiles());
        var refused = Assert.Throws<DatabaseUnavailableException>(() => MasterKey.Load("short", KeyFile));
        Assert.DoesNotContain("short", refused.Message, StringComparison.Ordinal);
    }
}
