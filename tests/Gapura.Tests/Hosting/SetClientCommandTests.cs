using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class SetClientCommandTests : IDisposable
{
    private const string Keys = """{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}""";
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task What_is_said_is_registered_the_rest_stays_and_an_empty_value_clears()
    {
        await _operator.AddPlatform();
        var changed = await Set("--id-token-alg", "ES256", "--subject-type", "pairwise", "--post-logout-redirect-uri", "https://tautauberes.id/bye", "--post-logout-redirect-uri", "https://tautauberes.id/later", "--require-pushed", "--scope", "customs:read");
        Assert.Equal("""{"id_token_signed_response_alg":"ES256","subject_type":"pairwise","post_logout_redirect_uris":["https://tautauberes.id/bye","https://tautauberes.id/later"],"require_pushed_authorization_requests":true,"scope":"customs:read"}""", changed);
        Assert.Equal("""{"subject_type":"pairwise","post_logout_redirect_uris":["https://tautauberes.id/bye","https://tautauberes.id/later"],"require_pushed_authorization_requests":false}""", await Set("--id-token-alg", "", "--scope", "", "--require-pushed", "false"));
        Assert.Equal("{}", await Set("--subject-type", "", "--post-logout-redirect-uri", "", "--require-pushed", ""));
        Assert.Equal("{}", (await _operator.Json("platform", "show", "tautauberes")).GetProperty("client").GetRawText());
    }

    [Theory]
    [InlineData("--auth-method", "client_secret_jwt", "token_endpoint_auth_method")]
    [InlineData("--auth-method", "private_key_jwt", "jwks")]
    [InlineData("--jwks-uri", "http://tautauberes.id/keys", "jwks_uri")]
    [InlineData("--jwks", "/no/such/file", "no file")]
    [InlineData("--id-token-alg", "none", "id_token_signed_response_alg")]
    [InlineData("--grant-type", "password", "grant_types")]
    [InlineData("--quirk", "anything", "gapura_quirks")]
    [InlineData("--backchannel-logout-uri", "tautauberes.id", "backchannel_logout_uri")]
    [InlineData("--profile", "fapi2", "auth-method")]
    public async Task One_bad_value_is_named_and_nothing_is_changed(string option, string value, string words)
    {
        await _operator.AddPlatform();
        (await _operator.Run("platform", "set-client", "tautauberes", option, value)).IsRefused(words);
        Assert.Equal("{}", (await _operator.Json("platform", "show", "tautauberes")).GetProperty("client").GetRawText());
    }

    [Fact]
    public async Task The_profile_fills_in_what_FAPI_asks_for_and_refuses_contradictions()
    {
        await _operator.AddPlatform();
        var file = Path.Combine(_operator.Data, "keys.json");
        await File.WriteAllTextAsync(file, Keys);
        Assert.Equal($$"""{"token_endpoint_auth_method":"private_key_jwt","jwks":{{Keys}},"id_token_signed_response_alg":"ES256","require_pushed_authorization_requests":true,"dpop_bound_access_tokens":true}""", await Set("--profile", "fapi2", "--jwks", file));
        foreach (var contradiction in (string[][])[["--id-token-alg", "RS256"], ["--auth-method", "none"], ["--auth-method", "client_secret_basic"], ["--require-pushed", "false"], ["--dpop-bound", "false", "--certificate-bound", "false"]])
            (await _operator.Run(["platform", "set-client", "tautauberes", "--profile", "fapi2", .. contradiction])).IsRefused("fapi2");
        var byCertificate = await Set("--profile", "fapi2", "--jwks", "", "--dpop-bound", "", "--auth-method", "tls_client_auth", "--certificate-subject", "CN=ttb,O=TTB,C=ID");
        Assert.Contains("\"tls_client_certificate_bound_access_tokens\":true", byCertificate, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_platform_is_added_with_it_and_a_wrong_one_is_not_added()
    {
        string[] add = ["platform", "add", "--client-id", "satu", "--name", "Satu", "--company", "PT", "--domain", "https://satu.id", "--redirect-uri", "https://satu.id/cb"];
        (await _operator.Run([.. add, "--subject-type", "neither"])).IsRefused("subject_type");
        Assert.Equal("pairwise", (await _operator.Json([.. add, "--subject-type", "pairwise"])).GetProperty("client").GetProperty("subject_type").GetString());
        Assert.Contains("pairwise", (await _operator.Run("platform", "show", "satu")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_said_is_not_understood_and_an_unknown_platform_is_refused()
    {
        await _operator.AddPlatform();
        (await _operator.Run("platform", "set-client", "tautauberes")).IsNotUnderstood("--help");
        (await _operator.Run("platform", "set-client", "nobody", "--scope", "a")).IsRefused("'nobody'");
        (await _operator.Run("platform", "set-client", "tautauberes", "--profile", "fapi3")).IsNotUnderstood("--help");
    }

    [Fact]
    public async Task The_doors_of_a_platform_are_closed_and_opened()
    {
        await _operator.AddPlatform();
        Assert.True((await _operator.Json("platform", "set-doors", "tautauberes", "--doors", "closed")).GetProperty("oauthOnly").GetBoolean());
        Assert.True((await _operator.Json("platform", "set-phone-policy", "tautauberes", "--phone-policy", "confirm")).GetProperty("oauthOnly").GetBoolean());
        var open = await _operator.Json("platform", "set-doors", "tautauberes", "--doors", "open");
        Assert.Equal((false, "confirm"), (open.GetProperty("oauthOnly").GetBoolean(), open.GetProperty("phonePolicy").GetString()));
    }

    [Fact]
    public async Task Registration_tokens_are_issued_shown_once_and_revoked()
    {
        await _operator.AddPlatform();
        var issued = await _operator.Json("registration-token", "issue", "--company", "PT Mitra", "--uses", "3", "--expires-in", "12h");
        var token = issued.GetProperty("token").GetString()!;
        Assert.StartsWith("gpi_", token, StringComparison.Ordinal);
        Assert.False(_operator.Stores(token));
        var listed = Assert.Single((await _operator.Json("registration-token", "list")).EnumerateArray());
        Assert.Equal(("PT Mitra", "live", 3), (listed.GetProperty("company").GetString(), listed.GetProperty("state").GetString(), listed.GetProperty("usesLeft").GetInt32()));
        var id = issued.GetProperty("id").GetString()!;
        Assert.Equal("revoked", (await _operator.Json("registration-token", "revoke", id)).GetProperty("state").GetString());
        Assert.Contains("before", (await _operator.Run("registration-token", "revoke", id)).Output, StringComparison.Ordinal);
        (await _operator.Run("registration-token", "revoke", "0000")).IsRefused("registration-token list");
        (await _operator.Run("registration-token", "issue", "--company", "PT", "--uses", "0")).IsRefused("--uses");
        (await _operator.Run("registration-token", "issue", "--company", "PT", "--expires-in", "soon")).IsRefused("span");
    }

    private async Task<string> Set(params string[] options) => (await _operator.Json(["platform", "set-client", "tautauberes", .. options])).GetProperty("client").GetRawText();
}
