using Xunit;

namespace Gapura.Tests.Hosting;

/// <summary><c>gapura phone scan</c>, <c>approve</c> and <c>decline</c>, at a server that listens.</summary>
public sealed class PhoneCommandTests : IAsyncLifetime
{
    private readonly GapuraServer _server = new();
    private readonly DeveloperPhone _phone;

    public PhoneCommandTests() => _phone = new DeveloperPhone(_server);

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        await _phone.WithKey();
    }

    public async ValueTask DisposeAsync()
    {
        Assert.False(Directory.Exists(_phone.Person.Data)); // a phone opens no database
        _phone.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_scan_shows_what_the_person_must_see()
    {
        var screen = await _phone.Open();
        var said = await _phone.Run("scan", screen.SessionId);
        Assert.Equal((0, ""), (said.Code, said.Error));
        Assert.All(
            ["TauTauBeres.id (TauTauBeres)", GapuraServer.Domain, "Chrome (Windows)", "127.0.0.0/8", "a browser this account has not used", "this account has not used the platform", "at the screen"],
            words => Assert.Contains(words, said.Output, StringComparison.Ordinal));

        var json = (await _phone.Run("scan", screen.SessionId, "--json")).Json;
        Assert.Equal("type", json.GetProperty("confirmation").GetString());
        Assert.Contains($"type {json.GetProperty("code").GetString()} at the screen", said.Output, StringComparison.Ordinal);
        Assert.Equal("scanned", (await screen.State()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_approval_waits_until_the_code_is_typed_and_prints_no_token()
    {
        var screen = await _phone.Open();
        var said = await ApproveByTyping(screen);
        Assert.True(said.Code == 0, said.Error);
        Assert.Contains("Approved.", said.Output, StringComparison.Ordinal);
        Assert.Contains(_server.Account.Id, said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", said.Output + said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("gpr_", said.Output + said.Error, StringComparison.Ordinal);
        (await screen.Collect()).IsOk();
    }

    [Fact]
    public async Task Three_wrong_codes_end_an_approval_that_waits()
    {
        var screen = await _phone.Open();
        var code = await Code(screen);
        var approving = _phone.Run("approve", screen.SessionId);
        for (var i = 0; i < 3; i++) await screen.Type(code == "0000" ? "1111" : "0000");
        var said = await approving;
        Assert.Equal((1, ""), (said.Code, said.Output));
        Assert.EndsWith("(sign_in_denied)\n", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_screen_that_is_known_the_number_is_chosen()
    {
        Assert.Equal(0, (await ApproveByTyping(await _phone.Open())).Code);
        var screen = await _phone.Open();

        var none = await _phone.Run("approve", screen.SessionId);
        var choices = (await _phone.Run("scan", screen.SessionId, "--json")).Json.GetProperty("choices").EnumerateArray().Select(c => c.GetString()!).ToList();
        Assert.Equal((2, 3), (none.Code, choices.Count));
        Assert.Contains($"Say --choice with the number that is on the screen, one of {string.Join(", ", choices)}.", none.Error, StringComparison.Ordinal);

        var foreign = Enumerable.Range(10, 89).Select(n => $"{n}").First(n => !choices.Contains(n));
        Assert.Contains("can still decide", (await _phone.Run("approve", screen.SessionId, "--choice", foreign)).Error, StringComparison.Ordinal);

        var digits = (await screen.State()).GetProperty("digits").GetString()!;
        var said = await _phone.Run("approve", screen.SessionId, "--choice", digits, "--json");
        Assert.True(said.Code == 0, said.Error);
        Assert.StartsWith("eyJ", said.Json.GetProperty("data").GetProperty("accessToken").GetString(), StringComparison.Ordinal);
        (await screen.Collect()).IsOk();
    }

    [Fact]
    public async Task A_wrong_number_ends_the_sign_in()
    {
        Assert.Equal(0, (await ApproveByTyping(await _phone.Open())).Code);
        var screen = await _phone.Open();
        var choices = (await _phone.Run("scan", screen.SessionId, "--json")).Json.GetProperty("choices").EnumerateArray().Select(c => c.GetString()!);
        var digits = (await screen.State()).GetProperty("digits").GetString()!;
        var said = await _phone.Run("approve", screen.SessionId, "--choice", choices.First(c => c != digits));
        Assert.Equal((1, ""), (said.Code, said.Output));
        Assert.EndsWith("(sign_in_denied)\n", said.Error, StringComparison.Ordinal);
        Assert.Equal("wrong_choice", (await screen.State()).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task At_a_terminal_the_number_is_asked_for()
    {
        Assert.Equal(0, (await ApproveByTyping(await _phone.Open())).Code);
        var screen = await _phone.Open();
        await _phone.Run("scan", screen.SessionId);
        var digits = (await screen.State()).GetProperty("digits").GetString()!;
        using var seated = new Operator { Typed = new Queue<string>() };
        var said = await seated.RunWith(digits, "phone", "approve", screen.SessionId, "--key", _phone.KeyFile);
        Assert.True(said.Code == 0, said.Error);
        Assert.Contains("Which number is on the screen", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_documented_phone_signs_straight_away()
    {
        var nonce = QrAuth.QrSteps.NewNonce();
        var said = await _phone.Run("approve", await QrAuth.QrSteps.Open(_server, nonce), "--documented");
        Assert.Equal((0, ""), (said.Code, said.Error));
        QrAuth.QrSteps.AccessToken(await QrAuth.QrSteps.Ask(_server, nonce));
    }

    [Fact]
    public async Task A_documented_screen_is_approved_without_a_number()
    {
        var nonce = QrAuth.QrSteps.NewNonce();
        var said = await _phone.Run("approve", await QrAuth.QrSteps.Open(_server, nonce));
        Assert.True(said.Code == 0, said.Error);
        Assert.Contains("this screen can show no number", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_declined()
    {
        var screen = await _phone.Open();
        var said = await _phone.Run("decline", screen.SessionId, "--json");
        Assert.True(said.Code == 0, said.Error);
        Assert.True(said.Json.GetProperty("denied").GetBoolean());
        Assert.Equal("declined", (await screen.State()).GetProperty("reason").GetString());
        (await _phone.Run("approve", screen.SessionId)).IsRefused("(sign_in_denied)");
    }

    [Fact]
    public async Task A_code_is_read_from_standard_input_and_from_a_picture()
    {
        var screen = await _phone.Open(withPicture: true);
        Assert.Equal(0, (await _phone.Person.RunWith($"  {screen.SessionId}\n", "phone", "scan", "-", "--key", _phone.KeyFile)).Code);

        Stranger.Needs(await Stranger.IsThere("zbarimg", "--version"), "zbarimg reads pictures: install zbar-tools.");
        var picture = Path.Combine(_phone.Folder, "-code.png");
        await File.WriteAllBytesAsync(picture, Convert.FromBase64String(screen.Picture!), TestContext.Current.CancellationToken);
        Assert.Equal(screen.SessionId, (await _phone.Run("scan", picture, "--json")).Json.GetProperty("sessionId").GetString());

        await File.WriteAllTextAsync(picture, "no picture", TestContext.Current.CancellationToken);
        (await _phone.Run("scan", picture)).IsRefused("no sign-in code to be read");
        (await _phone.Run("scan", Path.Combine(_phone.Folder, "tidak-ada.png"))).IsRefused("There is no picture");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nu.id:1")]
    [InlineData("https://tautauberes.id/nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057")]
    public async Task What_is_no_code_is_refused_before_anybody_is_asked(string text) =>
        (await _phone.Run("scan", text)).IsRefused("not the text of a sign-in code");

    [Fact]
    public async Task The_servers_no_is_shown_with_its_code()
    {
        (await _phone.Run("scan", "nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057")).IsRefused("The session id is not valid", "(invalid_session)");
        var screen = await _phone.Open();
        await _phone.Run("scan", screen.SessionId);
        using var other = new DeveloperPhone(_server);
        await other.WithKey();
        (await other.Run("approve", screen.SessionId)).IsRefused("(already_scanned)");
    }

    [Theory]
    [InlineData("{}", "not the key file of a phone")]
    [InlineData("[]", "not the key file of a phone")]
    [InlineData("rubbish", "not the key file of a phone")]
    [InlineData("""{"server":"http://localhost:1","account":"a","deviceId":"d","publicKey":"04","privateKey":"00"}""", "64 hex digits")]
    [InlineData("""{"server":"http://id.example.go.id","account":"a","deviceId":"d","publicKey":"04","privateKey":"00"}""", "not a web origin")]
    public async Task A_damaged_key_file_is_refused(string json, string words)
    {
        await File.WriteAllTextAsync(_phone.KeyFile, json, TestContext.Current.CancellationToken);
        (await _phone.Run("scan", "nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057")).IsRefused(words);
    }

    [Fact]
    public async Task Without_a_phone_or_a_server_a_sentence_says_what_to_do()
    {
        var screen = await _phone.Open();
        (await _phone.Run("scan", screen.SessionId, "--server", "http://localhost:1")).IsRefused("http://localhost:1 cannot be reached");
        File.Delete(_phone.KeyFile);
        (await _phone.Run("scan", screen.SessionId)).IsRefused("gapura phone enrol");
    }

    [Fact]
    public async Task A_choice_and_a_documented_phone_exclude_each_other() =>
        (await _phone.Run("approve", "x", "--choice", "47", "--documented")).IsNotUnderstood("not both");

    private async Task<Said> ApproveByTyping(OpenScreen screen)
    {
        var code = await Code(screen);
        var approving = _phone.Run("approve", screen.SessionId);
        (await screen.Type(code)).IsOk();
        return await approving;
    }

    private async Task<string> Code(OpenScreen screen) => (await _phone.Run("scan", screen.SessionId, "--json")).Json.GetProperty("code").GetString()!;
}
