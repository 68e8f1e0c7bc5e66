using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Gapura.Kernel;
using Gapura.SeamlessLogin;
using Xunit;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>A login ticket is exactly ours or nothing. Pure: keys and time in, ticket or null out.</summary>
public sealed class LoginTicketTests
{
    private const string ApiKeyId = "0123456789abcdef";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_772_438_400);
    private static readonly HandleKey Key = new(7, RandomNumberGenerator.GetBytes(32));
    private static readonly HandleKeyRing Ring = new(Key, [Key]);

    [Fact]
    public void What_was_issued_is_read_back()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var issued = Issue();
            Assert.Matches("^[0-9a-f]{66}$", issued.Text);
            Assert.Equal(issued, Read(issued.Text));
        }
    }

    [Fact]
    public void Every_single_character_changed_to_every_other_is_refused()
    {
        for (var round = 0; round < Effort.Of(5, 50); round++)
        {
            var text = Issue().Text;
            for (var at = 0; at < text.Length; at++)
                foreach (var other in "0123456789abcdefABCDEFg \0é")
                    if (other != text[at]) Assert.Null(Read(text[..at] + other + text[(at + 1)..]));
        }
    }

    [Fact]
    public void Every_single_bit_changed_is_refused()
    {
        for (var round = 0; round < Effort.Of(50, 1_000); round++)
        {
            var bytes = Convert.FromHexString(Issue().Text);
            for (var bit = 0; bit < 8 * bytes.Length; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
                Assert.Null(Read(Convert.ToHexStringLower(bytes)));
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
            }
        }
    }

    [Fact]
    public void A_part_of_one_is_refused_and_more_than_one_too()
    {
        var text = Issue().Text;
        for (var length = 0; length < text.Length; length++) Assert.Null(Read(text[..length]));
        foreach (var more in (string[])["0", "00", " ", "\n", "\0", text])
        {
            Assert.Null(Read(text + more));
            Assert.Null(Read(more + text));
        }

        Assert.Null(Read(null));
        Assert.Null(Read(text.ToUpperInvariant()));
    }

    [Fact]
    public void It_lives_until_its_expiry_to_the_tick()
    {
        var issued = LoginTicket.Issue(Key, ApiKeyId, Now.AddMinutes(30).AddMilliseconds(999), 1);
        Assert.Equal(Now.AddMinutes(30), issued.ExpiresAt);
        Assert.NotNull(LoginTicket.Read(Ring, issued.Text, Now.AddMinutes(30).AddTicks(-1)));
        Assert.Null(LoginTicket.Read(Ring, issued.Text, Now.AddMinutes(30)));
    }

    [Fact]
    public void It_still_counts_the_seconds_after_2038()
    {
        var late = DateTimeOffset.FromUnixTimeSeconds(4_000_000_000);
        var issued = LoginTicket.Issue(Key, ApiKeyId, late, 1);
        Assert.Equal(late, LoginTicket.Read(Ring, issued.Text, late.AddSeconds(-1))!.ExpiresAt);
    }

    [Fact]
    public void Another_key_refuses_it_even_under_the_same_number()
    {
        var issued = Issue();
        var other = new HandleKey(Key.Id, RandomNumberGenerator.GetBytes(32));
        Assert.Null(LoginTicket.Read(new(other, [other]), issued.Text, Now));
        Assert.NotNull(LoginTicket.Read(new(other, [new HandleKey(8, RandomNumberGenerator.GetBytes(32)), Key]), issued.Text, Now));
        Assert.Null(LoginTicket.Read(new(Key, []), issued.Text, Now));
    }

    [Fact]
    public void A_tag_made_for_another_purpose_is_no_tag()
    {
        var bytes = Convert.FromHexString(Issue().Text);
        foreach (var tag in (byte[][])[Key.QrChallengeTag(bytes.AsSpan(0, 17)), Key.Commitment(bytes.AsSpan(0, 17)), Key.DeviceChallengeTag(bytes.AsSpan(0, 17))])
            Assert.Null(Read(Convert.ToHexStringLower([.. bytes[..17], .. tag[..16]])));
        Assert.NotNull(Read(Convert.ToHexStringLower([.. bytes[..17], .. Key.LoginTicketTag(bytes.AsSpan(0, 17))[..16]])));
    }

    [Fact]
    public void No_text_at_all_makes_it_fall_over() =>
        Prop.ForAll<string>(text => Read(text) is null).Check(Config.QuickThrowOnFailure.WithMaxTest(Effort.Of(1_000, 100_000)));

    [Fact]
    public void No_text_of_the_right_shape_is_one_by_chance() =>
        Prop.ForAll(Gen.Elements("0123456789abcdef".ToCharArray()).ArrayOf(66).ToArbitrary(), text => Read(new string(text)) is null)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Effort.Of(1_000, 100_000)));

    private static LoginTicket Issue() => LoginTicket.Issue(Key, ApiKeyId, Now.AddMinutes(30), BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)));

    private static LoginTicket? Read(string? text) => LoginTicket.Read(Ring, text, Now);
}
