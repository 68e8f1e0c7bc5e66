using Gapura.OpenId.Authorization;
using Gapura.Platforms;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>A right request, and one thing wrong with it.</summary>
public sealed class AuthorizationStepsTests
{
    private const string Callback = "https://ttb.example.com/cb?from=gapura";

    private static readonly Platform Platform = Seed.Platform("ttb", new FakeClock()) with { RedirectUris = [Callback, "http://127.0.0.1:8080/cb"] };

    private static Dictionary<string, string[]> Right => new(StringComparer.Ordinal)
    {
        ["client_id"] = ["ttb"], ["redirect_uri"] = [Callback], ["response_type"] = ["code"], ["scope"] = ["npwp openid something_else"], ["state"] = ["s"], ["nonce"] = ["n"],
        ["code_challenge"] = ["E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"], ["code_challenge_method"] = ["S256"],
    };

    [Fact]
    public void A_right_request_is_read()
    {
        var request = Assert.IsType<AuthorizationRead.Valid>(Read(Right)).Request;
        Assert.Equal(["openid", "npwp"], request.Scope);
        Assert.Equal((Callback, "s", "n", Prompt.AsNeeded, (TimeSpan?)null), (request.Target.RedirectUri, request.Target.State, request.Nonce, request.Prompt, request.MaxAge));
    }

    [Theory]
    [InlineData("redirect_uri", "https://ttb.example.com/cb")]
    [InlineData("redirect_uri", "https://ttb.example.com/cb?from=gapura&more=1")]
    [InlineData("redirect_uri", "https://ttb.example.com/cb/?from=gapura")]
    [InlineData("redirect_uri", "https://ttb.example.com:444/cb?from=gapura")]
    [InlineData("redirect_uri", "https://ttb.example.com/CB?from=gapura")]
    [InlineData("redirect_uri", "http://ttb.example.com/cb?from=gapura")]
    [InlineData("redirect_uri", "https://ttb.example.com.evil.example/cb?from=gapura")]
    [InlineData("redirect_uri", "http://localhost:8080/cb")]
    [InlineData("redirect_uri", "http://127.0.0.1:8080/cb/x")]
    [InlineData("redirect_uri", "http://127.0.0.1:80:80/cb")]
    [InlineData("redirect_uri", "http://127.0.0.1:65536/cb")]
    [InlineData("redirect_uri", "http://127.0.0.1:0/cb")]
    [InlineData("redirect_uri", "http://127.0.0.1:08080/cb")]
    [InlineData("redirect_uri", "http://127.0.0.1:/cb")]
    [InlineData("redirect_uri", "http://127.0.0.1.evil.example/cb")]
    [InlineData("redirect_uri", "http://[::1]:8080/cb")]
    [InlineData("redirect_uri", "http://127.0.0.1@evil.example/cb")]
    [InlineData("redirect_uri", null)]
    [InlineData("client_id", "nobody")]
    [InlineData("client_id", "gapura")]
    [InlineData("client_id", null)]
    public void Where_nobody_can_be_trusted_with_the_answer_it_is_shown_and_goes_nowhere(string name, string? value) => Assert.IsType<AuthorizationRead.Show>(Read(With(name, value)));

    [Theory]
    [InlineData("http://127.0.0.1:8080/cb")]
    [InlineData("http://127.0.0.1:51234/cb")]
    [InlineData("http://127.0.0.1/cb")]
    public void A_native_app_listens_on_any_port_of_its_own_machine(string uri) => Assert.IsType<AuthorizationRead.Valid>(Read(With("redirect_uri", uri)));

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("prompt", "sing", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "soon", "invalid_request")]
    [InlineData("claims", "{", "invalid_request")]
    [InlineData("claims", "[]", "invalid_request")]
    [InlineData("claims", """{"userinfo":"all"}""", "invalid_request")]
    [InlineData("claims", """{"id_token":{"acr":{"essential":true,"values":["urn:bank:strong"]}}}""", "unmet_authentication_requirements")]
    [InlineData("dpop_jkt", "short", "invalid_request")]
    [InlineData("request", "eyJ", "request_not_supported")]
    [InlineData("request_uri", "https://ttb.example.com/request", "request_uri_not_supported")]
    [InlineData("registration", "{}", "registration_not_supported")]
    public void Everything_else_is_told_to_the_platform_with_its_state(string name, string? value, string code)
    {
        var told = Assert.IsType<AuthorizationRead.Tell>(Read(With(name, value)));
        Assert.Equal((Callback, "s", code), (told.Target.RedirectUri, told.Target.State, told.Refusal.Code));
    }

    [Fact]
    public void Whoever_keeps_a_secret_may_leave_the_challenge_out_and_nobody_else()
    {
        var plain = With("code_challenge", null);
        plain.Remove("code_challenge_method");
        Assert.Null(Assert.IsType<AuthorizationRead.Valid>(Read(plain, keepsSecret: true)).Request.CodeChallenge);
        Assert.Equal("invalid_request", Assert.IsType<AuthorizationRead.Tell>(Read(plain)).Refusal.Code);

        // Half of it, or the weak method, is a mistake whoever makes it.
        Assert.IsType<AuthorizationRead.Tell>(Read(With("code_challenge_method", "plain"), keepsSecret: true));
        Assert.IsType<AuthorizationRead.Tell>(Read(With("code_challenge", null), keepsSecret: true));
    }

    [Fact]
    public void Single_claims_are_asked_for_as_their_scopes_are()
    {
        var request = Assert.IsType<AuthorizationRead.Valid>(Read(With("claims", """{"userinfo":{"email":{"essential":true},"zodiac":null},"id_token":{"name":null,"acr":{"values":["urn:gapura:acr:phone"]},"sub":{"value":"one"}}}"""))).Request;
        Assert.Equal(["email"], request.Claims.UserInfo);
        Assert.Equal(["name"], request.Claims.IdToken);
        Assert.Equal(["openid", "profile", "email", "npwp"], request.Asked);
        Assert.Equal(["urn:gapura:acr:phone"], request.AcrValues);
        Assert.Equal("one", request.Subject);
    }

    [Fact]
    public void A_parameter_that_appears_twice_is_refused()
    {
        var twice = Right;
        twice["nonce"] = ["a", "b"];
        Assert.Equal("nonce appears twice.", Assert.IsType<AuthorizationRead.Tell>(Read(twice)).Refusal.English);
        twice = Right;
        twice["redirect_uri"] = [Callback, "https://evil.example"];
        Assert.IsType<AuthorizationRead.Show>(Read(twice));
    }

    private static Dictionary<string, string[]> With(string name, string? value)
    {
        var changed = Right;
        if (value is null) changed.Remove(name);
        else changed[name] = [value];
        return changed;
    }

    private static AuthorizationRead Read(Dictionary<string, string[]> parameters, bool keepsSecret = false) =>
        AuthorizationSteps.Read(name => parameters.GetValueOrDefault(name) ?? [], clientId => clientId == "ttb" ? Platform : clientId == "gapura" ? Platform with { ClientId = "gapura" } : null, _ => keepsSecret, _ => null);
}
