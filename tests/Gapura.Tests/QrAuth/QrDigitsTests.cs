using System.Security.Cryptography;
using Gapura.Kernel;
using Gapura.QrAuth;
using Xunit;

namespace Gapura.Tests.QrAuth;

public sealed class QrDigitsTests
{
    private static readonly HandleKey Key = new(7, RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void The_same_code_and_phone_have_the_same_numbers_on_every_node_and_others_have_others()
    {
        var (one, other) = (SessionId(), SessionId());
        Assert.Equal(Text(For(one, "phone")), Text(For(one, "phone")));
        var all = Enumerable.Range(0, 200).Select(i => Text(For(i % 2 == 0 ? one : other, $"phone {i}"))).ToList();
        Assert.True(all.Distinct().Count() > 190);
        var older = new HandleKey(6, RandomNumberGenerator.GetBytes(32));
        Assert.Equal(Text(For(one, "phone")), Text(QrDigits.For([older, Key], one, "phone")));
    }

    [Fact]
    public void Three_choices_one_of_them_on_the_screen_and_no_place_is_likelier()
    {
        int[] places = [0, 0, 0];
        for (var i = 0; i < 6_000; i++)
        {
            var digits = For(SessionId(), "phone");
            Assert.Equal(3, digits.Choices.Distinct().Count());
            Assert.All(digits.Choices, c => Assert.Matches("^[0-9]{2}$", c));
            places[digits.Choices.Index().Single(c => c.Item == digits.OnScreen).Index]++;
        }

        Assert.All(places, p => Assert.InRange(p, 1_700, 2_300));
    }

    [Fact]
    public void A_code_has_four_digits_and_every_digit_turns_up_in_every_place()
    {
        var codes = Enumerable.Range(0, 2_000).Select(_ => For(SessionId(), "phone").Code).ToList();
        Assert.All(codes, c => Assert.Matches("^[0-9]{4}$", c));
        for (var place = 0; place < 4; place++) Assert.Equal(10, codes.Select(c => c[place]).Distinct().Count());
    }

    private static string SessionId() => QrChallenge.Issue(
        Key, new QrAuthOptions(), "client-1", "nonce-nonce-nonce", DateTimeOffset.FromUnixTimeSeconds(1_772_438_460), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), NonceMethod.S256).Text;

    private static QrDigits For(string sessionId, string device) => QrDigits.For([Key], sessionId, device);

    private static string Text(QrDigits digits) => $"{digits.OnScreen} {string.Join(',', digits.Choices)} {digits.Code}";
}
