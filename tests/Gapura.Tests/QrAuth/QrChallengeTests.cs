using System.Numerics;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Gapura.Kernel;
using Gapura.QrAuth;
using Xunit;

namespace Gapura.Tests.QrAuth;

/// <summary>A session id is exactly ours or nothing. Pure: keys, options and time in, challenge or null out.</summary>
public sealed class QrChallengeTests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_772_438_400);
    private static readonly QrAuthOptions Options = new();
    private static readonly HandleKey Key = new(7, RandomNumberGenerator.GetBytes(32));
    private static readonly HandleKeyRing Ring = new(Key, [Key]);

    [Fact]
    public void What_was_issued_is_read_back()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var issued = Issue();
            Assert.Equal(issued, Read(issued.Text));
            Assert.Equal(QrChallenge.Commit(Key, "client-1", "nonce-nonce-nonce", NonceMethod.Plain), Read(issued.Text)!.Commitment);
        }
    }

    [Fact]
    public void Every_single_character_changed_to_every_other_is_refused()
    {
        for (var round = 0; round < Effort.Of(2, 20); round++)
        {
            var text = Issue().Text;
            for (var at = 0; at < text.Length; at++)
                foreach (var other in Alphabet + ":._- \0é")
                    if (other != text[at]) Assert.Null(Read(text[..at] + other + text[(at + 1)..]));
        }
    }

    [Fact]
    public void Every_single_bit_changed_in_the_number_is_refused()
    {
        for (var round = 0; round < Effort.Of(50, 1_000); round++)
        {
            var parts = Issue().Text.Split(':');
            var number = Number(parts[3]);
            for (var bit = 0; bit < 190; bit++)
                Assert.Null(Read(With(parts, Code(number ^ (BigInteger.One << bit)))));
        }
    }

    [Fact]
    public void A_number_of_2_to_the_190_and_more_is_refused()
    {
        var parts = Issue().Text.Split(':');
        Assert.NotNull(Read(With(parts, Code(Number(parts[3])))));
        foreach (var number in (BigInteger[])[Number(parts[3]) + (BigInteger.One << 190), BigInteger.One << 190, BigInteger.Pow(62, 32) - 1])
            if (number < BigInteger.Pow(62, 32)) Assert.Null(Read(With(parts, Code(number))));
    }

    [Fact]
    public void A_part_of_one_is_refused_and_more_than_one_too()
    {
        var text = Issue().Text;
        for (var length = 0; length < text.Length; length++)
        {
            Assert.Null(Read(text[..length]));
            Assert.Null(Read(text[length..] == text ? null : text[length..]));
        }

        foreach (var more in (string[])[" ", "0", ":", "\n", "\0", ":1"])
        {
            Assert.Null(Read(text + more));
            Assert.Null(Read(more + text));
        }

        Assert.Null(Read(text + text));
        Assert.Null(Read(text + ":" + text));
        Assert.Null(Read(null));
    }

    [Fact]
    public void Another_platform_expiry_issuer_or_version_is_refused()
    {
        var parts = Issue().Text.Split(':');
        foreach (var (part, other) in ((int, string)[])[(0, "nu.ie"), (0, "NU.ID"), (0, ""), (1, "2"), (1, "01"), (2, "client-2"), (2, "client-"), (2, "Client-1"), (4, "1772438461"), (4, "9999999999"), (4, "01772438460"), (4, "+772438460"), (4, " 772438460")])
            Assert.Null(Read(string.Join(':', parts.Select((p, i) => i == part ? other : p))));
    }

    [Fact]
    public void A_challenge_of_another_installations_name_is_refused()
    {
        var elsewhere = QrChallenge.Issue(Key, new QrAuthOptions { Issuer = "gapura.id", Version = "2" }, "client-1", "nonce-nonce-nonce", Now.AddSeconds(60), 1);
        Assert.Null(Read(elsewhere.Text));
        var parts = elsewhere.Text.Split(':');
        Assert.Null(Read($"nu.id:1:{parts[2]}:{parts[3]}:{parts[4]}"));
    }

    [Fact]
    public void Upper_and_lower_case_are_two_characters()
    {
        var text = Issue().Text;
        for (var at = 0; at < text.Length; at++)
            if (char.IsAsciiLetter(text[at])) Assert.Null(Read(text[..at] + (char)(text[at] ^ 0x20) + text[(at + 1)..]));
        Assert.Null(Read(text.ToUpperInvariant()));
    }

    [Fact]
    public void It_lives_until_its_expiry_to_the_tick()
    {
        var issued = QrChallenge.Issue(Key, Options, "client-1", "nonce-nonce-nonce", Now.AddSeconds(60).AddMilliseconds(999), 1);
        Assert.Equal(Now.AddSeconds(60), issued.ExpiresAt);
        Assert.EndsWith(":1772438460", issued.Text, StringComparison.Ordinal);
        Assert.NotNull(QrChallenge.Read(Ring, Options, issued.Text, Now.AddSeconds(60).AddTicks(-1)));
        Assert.Null(QrChallenge.Read(Ring, Options, issued.Text, Now.AddSeconds(60)));
    }

    [Fact]
    public void Another_key_refuses_it_even_under_the_same_number()
    {
        var issued = Issue();
        var other = new HandleKey(Key.Id, RandomNumberGenerator.GetBytes(32));
        Assert.Null(QrChallenge.Read(new(other, [other]), Options, issued.Text, Now));
        Assert.NotNull(QrChallenge.Read(new(other, [new HandleKey(8, RandomNumberGenerator.GetBytes(32)), Key]), Options, issued.Text, Now));
        Assert.Null(QrChallenge.Read(new(Key, []), Options, issued.Text, Now));
    }

    [Fact]
    public void The_commitment_ties_platform_and_nonce_and_tells_neither()
    {
        var here = QrChallenge.Commit(Key, "client-1", "nonce", NonceMethod.Plain);
        Assert.Equal(here, QrChallenge.Commit(Key, "client-1", "nonce", NonceMethod.Plain));
        Assert.NotEqual(here, QrChallenge.Commit(Key, "client-1", "nonce ", NonceMethod.Plain));
        Assert.NotEqual(here, QrChallenge.Commit(Key, "client-2", "nonce", NonceMethod.Plain));
        Assert.NotEqual(here, QrChallenge.Commit(new HandleKey(Key.Id, RandomNumberGenerator.GetBytes(32)), "client-1", "nonce", NonceMethod.Plain));
    }

    [Fact]
    public void A_nonce_of_one_method_commits_to_nothing_of_the_other()
    {
        Assert.NotEqual(QrChallenge.Commit(Key, "client-1", "nonce", NonceMethod.Plain), QrChallenge.Commit(Key, "client-1", "nonce", NonceMethod.S256));
        var (plain, bound) = (Issue(), Issue(NonceMethod.S256));
        Assert.Equal((NonceMethod.Plain, NonceMethod.S256), (Read(plain.Text)!.Method, Read(bound.Text)!.Method));
    }

    [Fact]
    public void No_text_at_all_makes_it_fall_over() =>
        Prop.ForAll<string>(text => QrChallenge.Read(Ring, Options, text, Now) is null).Check(Config.QuickThrowOnFailure.WithMaxTest(Effort.Of(1_000, 100_000)));

    [Fact]
    public void No_text_of_the_right_shape_is_one_by_chance()
    {
        var shaped = from code in Gen.Elements(Alphabet.ToCharArray()).ArrayOf(32) from expiry in Gen.Choose(1_772_438_401, 2_000_000_000) select $"nu.id:1:client-1:{new string(code)}:{expiry}";
        Prop.ForAll(shaped.ToArbitrary(), text => Read(text) is null).Check(Config.QuickThrowOnFailure.WithMaxTest(Effort.Of(1_000, 100_000)));
    }

    private static QrChallenge Issue(NonceMethod method = NonceMethod.Plain) => QrChallenge.Issue(
        Key, Options, "client-1", "nonce-nonce-nonce", Now.AddSeconds(60), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), method);

    private static QrChallenge? Read(string? text) => QrChallenge.Read(Ring, Options, text, Now);

    private static string With(string[] parts, string code) => $"{parts[0]}:{parts[1]}:{parts[2]}:{code}:{parts[4]}";

    private static BigInteger Number(string code) => code.Aggregate(BigInteger.Zero, (number, c) => number * 62 + Alphabet.IndexOf(c, StringComparison.Ordinal));

    private static string Code(BigInteger number)
    {
        var code = new char[32];
        for (var i = 31; i >= 0; i--, number /= 62) code[i] = Alphabet[(int)(number % 62)];
        return new string(code);
    }
}
