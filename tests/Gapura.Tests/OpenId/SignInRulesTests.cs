using Gapura.OpenId.Authorization;
using Gapura.Sessions;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>What a browser's session lacks for what a platform asks.</summary>
public sealed class SignInRulesTests
{
    private static readonly string[] Pwd = ["pwd"], Phone = ["swk", "user"], Both = ["pwd", "swk", "user", "mfa"];
    private readonly FakeClock _clock = new();

    private AuthorizationRequest Plain => new() { Platform = Seed.Platform("ttb", _clock), Target = new("https://ttb.example.com/cb", ResponseMode.Query, null) };

    [Fact]
    public void Somebody_signed_in_is_enough_where_nothing_is_asked() => Assert.Equal(Lack.Nothing, Of(Plain, Pwd));

    [Fact]
    public void Nobody_is_asked_to_sign_in_and_with_the_phone_where_only_that_will_do()
    {
        Assert.Equal(Lack.SignIn, Of(Plain, null));
        Assert.Equal(Lack.SignIn, Of(Plain with { AcrValues = [Acr.Password, Acr.Phone] }, null));
        Assert.Equal(Lack.Phone, Of(Plain with { AcrValues = [Acr.Phone] }, null));
        Assert.Equal(Lack.Phone, Of(Plain with { AcrValues = [Acr.Both] }, null));
    }

    [Theory]
    [InlineData(Acr.Password, "pwd", "Nothing")]
    [InlineData(Acr.Phone, "pwd", "Phone")]
    [InlineData(Acr.Phone, "swk user", "Nothing")]
    [InlineData(Acr.Both, "swk user", "Password")]
    [InlineData(Acr.Both, "pwd", "Phone")]
    [InlineData(Acr.Both, "pwd swk user mfa", "Nothing")]
    [InlineData(Acr.Phone, "pwd swk user mfa", "Nothing")]
    [InlineData("urn:bank:strong", "pwd", "Nothing")]
    public void A_weaker_sign_in_is_asked_for_what_it_lacks(string asked, string methods, string lack) =>
        Assert.Equal(lack, Of(Plain with { AcrValues = [asked] }, methods.Split(' ')).ToString());

    [Fact]
    public void What_is_told_is_the_strongest_that_was_asked_for_and_reached()
    {
        Assert.Equal(Acr.Phone, Acr.Reached(Both, [Acr.Password, Acr.Phone]));
        Assert.Equal(Acr.Both, Acr.Reached(Both, []));
        Assert.Null(Acr.Reached(Pwd, [Acr.Phone]));
        Assert.Equal((Acr.Password, Acr.Phone, Acr.Both), (Acr.Of(Pwd), Acr.Of(Phone), Acr.Of(Both)));
    }

    [Fact]
    public void Another_person_than_the_one_meant_is_told_apart()
    {
        Assert.Equal(Lack.OtherPerson, Of(Plain with { Subject = "another" }, Pwd));
        Assert.Equal(Lack.Nothing, Of(Plain with { Subject = "subject" }, Pwd));
    }

    [Theory]
    [InlineData(60, 59, "Nothing")]
    [InlineData(60, 61, "SignIn")]
    [InlineData(0, 1, "SignIn")]
    public void An_old_sign_in_is_not_enough_where_a_young_one_is_asked(int maxAge, int age, string lack) =>
        Assert.Equal(lack, Of(Plain with { MaxAge = TimeSpan.FromSeconds(maxAge) }, Pwd, age: TimeSpan.FromSeconds(age)).ToString());

    [Fact]
    public void Whoever_signed_in_since_they_were_asked_is_not_asked_again()
    {
        var login = Plain with { Prompt = Prompt.Login };
        Assert.Equal(Lack.SignIn, Of(login, Pwd));
        Assert.Equal(Lack.SignIn, Of(login, Pwd, askedAt: _clock.Now.AddSeconds(1)));
        Assert.Equal(Lack.Nothing, Of(login, Pwd, askedAt: _clock.Now.AddSeconds(-1)));
    }

    private Lack Of(AuthorizationRequest request, string[]? methods, TimeSpan age = default, DateTimeOffset? askedAt = null)
    {
        var session = methods is null ? null : new BrowserSession(Seed.Account("coba", _clock), _clock.Now - age, null, "session", methods);
        return SignInRules.Of(request, session, session is null ? null : "subject", askedAt, _clock.Now);
    }
}
