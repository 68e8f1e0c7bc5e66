using System.Globalization;
using System.Text.Json;
using Gapura.Kernel;
using Gapura.QrAuth;
using Gapura.SeamlessLogin;
using Xunit;

namespace Gapura.Tests.QrAuth;

/// <summary><c>docs/protocol-vectors.json</c> and the code say the same: whoever writes a second implementation can hold it to the file.</summary>
public sealed class ProtocolVectorsTests
{
    private static readonly string File = Path.Combine(Stranger.Repository, "docs", "protocol-vectors.json");

    public static TheoryData<string> SessionIds => Names("sessionIds");

    public static TheoryData<string> Tickets => Names("loginTickets");

    [Theory]
    [MemberData(nameof(SessionIds))]
    public void A_session_id_is_as_printed(string name)
    {
        var vector = Vector("sessionIds", name);
        var key = Key(vector);
        var options = new QrAuthOptions { Issuer = Text(vector, "issuer"), Version = Text(vector, "version") };
        var expires = DateTimeOffset.FromUnixTimeSeconds(vector.GetProperty("expires").GetInt64());
        var random = ulong.Parse(Text(vector, "random"), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var issued = QrChallenge.Issue(key, options, Text(vector, "clientId"), Text(vector, "nonce"), expires, random, Enum.Parse<NonceMethod>(Text(vector, "nonceMethod"), ignoreCase: true));
        if (vector.TryGetProperty("verifier", out var verifier)) Assert.Equal(Text(vector, "nonce"), Verifier.NonceOf(verifier.GetString()!));
        Assert.Equal(Text(vector, "sessionId"), issued.Text);
        Assert.Equal(Text(vector, "commitment"), $"{issued.Commitment:x16}");
        Assert.Equal(issued, QrChallenge.Read(new(key, [key]), options, Text(vector, "sessionId"), expires.AddSeconds(-1)));
    }

    [Theory]
    [MemberData(nameof(Tickets))]
    public void A_login_ticket_is_as_printed(string name)
    {
        var vector = Vector("loginTickets", name);
        var key = Key(vector);
        var expires = DateTimeOffset.FromUnixTimeSeconds(vector.GetProperty("expires").GetInt64());
        var random = uint.Parse(Text(vector, "random"), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var issued = LoginTicket.Issue(key, Text(vector, "apiKeyId"), expires, random);
        Assert.Equal(Text(vector, "ticket"), issued.Text);
        Assert.Equal(issued, LoginTicket.Read(new(key, [key]), Text(vector, "ticket"), expires.AddSeconds(-1)));
    }

    private static HandleKey Key(JsonElement vector) => new(vector.GetProperty("keyId").GetByte(), Convert.FromHexString(Text(vector, "keyMaterial")));

    private static string Text(JsonElement vector, string member) => vector.GetProperty(member).GetString()!;

    private static TheoryData<string> Names(string kind) => [.. Read(kind).Select(v => Text(v, "name"))];

    private static JsonElement Vector(string kind, string name) => Read(kind).Single(v => Text(v, "name") == name);

    private static IEnumerable<JsonElement> Read(string kind) => JsonDocument.Parse(System.IO.File.ReadAllBytes(File)).RootElement.GetProperty(kind).EnumerateArray();
}
