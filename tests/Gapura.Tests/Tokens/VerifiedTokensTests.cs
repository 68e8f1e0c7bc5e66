using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.Tokens;

public sealed class VerifiedTokensTests
{
    private readonly VerifiedTokens _verified = new();
    private readonly EcSigningKey _key = new(EcSigningKey.NewPkcs8());

    [Fact]
    public void Of_a_thousand_tokens_hardly_one_pushes_another_out()
    {
        string[] texts = [.. Enumerable.Range(0, 1_000).Select(i => $"token {i}")];
        foreach (var text in texts) _verified.Add(text, _key, Token(text));
        Assert.InRange(texts.Count(text => _verified.Find(text) is { } known && known.Token.Id == text), 995, 1_000);
    }

    [Fact]
    public void One_letter_more_is_another_token()
    {
        _verified.Add("token", _key, Token("token"));
        Assert.Null(_verified.Find("token "));
        Assert.Null(_verified.Find("Token"));
        Assert.Same(_key, _verified.Find("token")!.Value.Key);
    }

    [Fact]
    public void A_flood_pushes_the_oldest_out_and_leaves_the_latest()
    {
        for (var i = 0; i < 50_000; i++) _verified.Add($"token {i}", _key, Token("flood"));
        Assert.Null(_verified.Find("token 0"));
        Assert.NotNull(_verified.Find("token 49999"));
    }

    private static AccessToken Token(string id) => new() { Id = id, Subject = "", ClientId = "", IssuedAt = default, ExpiresAt = default, SignedInAt = null };
}
