using System.Text;
using System.Text.Json;
using Gapura.OpenId.Registration;
using Gapura.Platforms;
using Xunit;

namespace Gapura.Tests.OpenId.Registration;

/// <summary>A platform that registered itself names a host whose names of people it would like to know.</summary>
public sealed class RegisteredSectorTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"redirect_uris\":[\"https://korban.example.com/cb\"],\"grant_types\":[\"authorization_code\",\"urn:ietf:params:oauth:grant-type:device_code\"]")]
    [InlineData("\"client_uri\":\"https://korban.example.com/\",\"grant_types\":[\"urn:ietf:params:oauth:grant-type:device_code\"]")]
    public async Task Whose_answers_go_to_no_address_learns_no_sector_s_names(string members) =>
        (await Register($$"""{"client_name":"Aplikasi","subject_type":"pairwise",{{members}}}""")).IsRefused("invalid_client_metadata");

    [Fact]
    public async Task Under_another_sector_s_names_nothing_that_was_given_before_goes_on()
    {
        var registered = (await Register($$"""{"client_name":"Aplikasi","redirect_uris":["{{CodeFlow.Callback}}"],"token_endpoint_auth_method":"none"}""")).Json;
        var (id, bearer) = (Member(registered, "client_id"), ("Authorization", $"Bearer {Member(registered, "registration_access_token")}"));
        var flow = new CodeFlow(server);
        var token = (await flow.Exchange((await flow.ToCallback(("client_id", id)))["code"], null, ("client_id", id))).NextRefreshToken();
        Task<Reply> Change(string members) => Put($"/oauth/register/{id}", $$"""{"client_id":"{{id}}","token_endpoint_auth_method":"none",{{members}}}""", bearer);
        async Task<Reply> Renew() => await server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", id)]);

        (await Change($"\"client_name\":\"Nama Baru\",\"redirect_uris\":[\"{CodeFlow.Callback}\"]")).IsOk();
        token = (await Renew()).NextRefreshToken();
        (await Change("\"redirect_uris\":[\"https://korban.example.com/cb\"],\"subject_type\":\"pairwise\"")).IsOk();
        (await Renew()).IsRefused("invalid_grant");
        (await Change("\"redirect_uris\":[\"https://korban.example.com/cb\"],\"subject_type\":\"pairwise\",\"grant_types\":[\"authorization_code\",\"urn:ietf:params:oauth:grant-type:device_code\"]")).IsRefused("invalid_client_metadata");

        // Where the two doors are open, an answer goes to a page and not to a redirect URI.
        Assert.True(await server.Get<PlatformRegister>().SetOAuthOnly(id, false, Ct));
        await server.Follow();
        (await Change("\"redirect_uris\":[\"https://korban-dua.example.com/cb\"],\"subject_type\":\"pairwise\"")).IsRefused("invalid_client_metadata");
    }

    private static string Member(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private async Task<Reply> Register(string body)
    {
        var (_, token) = await server.Get<RegistrationTokens>().Issue("PT Mitra", 1, server.Clock.Now.AddDays(1), Ct);
        return await server.Post("/oauth/register", body, ("Authorization", $"Bearer {token.Reveal()}"));
    }

    private async Task<Reply> Put(string path, string body, (string, string) bearer)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await server.Send(HttpMethod.Put, path, content, bearer);
    }
}
