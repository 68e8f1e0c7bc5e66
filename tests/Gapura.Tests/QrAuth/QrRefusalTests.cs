using System.Text.Json;
using Gapura.Devices;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>What a phone is told, and who else learns what.</summary>
public sealed class QrRefusalTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string NoSession = "The session id is not valid, has expired or was already used.";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_phones_own_repetition_is_told_so()
    {
        var sessionId = await server.Open(NewNonce());
        (await server.Approve(sessionId)).IsOk();
        for (var i = 0; i < 2; i++)
            (await server.Approve(sessionId)).IsRefused("already_authenticated", "This phone has already approved this session id; the screen is being signed in.");
    }

    [Fact]
    public async Task It_is_told_so_after_the_screen_has_collected_too()
    {
        var nonce = NewNonce();
        var sessionId = await server.Open(nonce);
        (await server.Approve(sessionId)).IsOk();
        (await server.Ask(nonce)).AccessToken();
        (await server.Approve(sessionId)).IsRefused("already_authenticated");
    }

    [Fact]
    public async Task A_repetition_is_no_use_of_the_phone()
    {
        await using var own = await GapuraServer.Start();
        var sessionId = await own.Open(NewNonce());
        (await own.Approve(sessionId)).IsOk();
        var used = (await own.Get<DeviceRegister>().Of(own.Account.Id, Ct)).Single().LastUsedAt;
        Assert.Equal(own.Clock.Now, used);
        own.Clock.Pass(TimeSpan.FromSeconds(10));
        (await own.Approve(sessionId)).IsRefused("already_authenticated");
        Assert.Equal(used, (await own.Get<DeviceRegister>().Of(own.Account.Id, Ct)).Single().LastUsedAt);
    }

    [Fact]
    public async Task Nobody_else_learns_that_a_code_was_approved()
    {
        using Phone second = new(), unknown = new();
        await server.Enrol(server.Account, second);
        var nonce = NewNonce();
        var (approved, other) = (await server.Open(nonce), await server.Open(nonce));
        (await server.Approve(approved)).IsOk();
        (await server.Approve(approved, second)).IsRefused("invalid_session", NoSession);
        (await server.Approve(other)).IsRefused("invalid_session", NoSession);
        (await server.Approve(approved, unknown)).IsRefused("invalid_key");
        (await server.Approve(approved, signature: second.Sign(approved))).IsRefused("invalid_signature");
        (await server.Approve(approved, signature: server.Phone.Sign(other))).IsRefused("invalid_signature");
    }

    [Fact]
    public async Task The_twin_of_a_signature_replays_nothing()
    {
        for (var i = 0; i < 8; i++)
        {
            var nonce = NewNonce();
            var sessionId = await server.Open(nonce);
            var (signature, twin) = server.Phone.SignTwice(sessionId);
            (await server.Approve(sessionId, signature: twin)).IsOk();
            (await server.Approve(sessionId, signature: signature)).IsRefused("already_authenticated");
            (await server.Ask(nonce)).AccessToken();
            (await server.Approve(sessionId, signature: signature)).IsRefused("already_authenticated");
            (await server.Ask(nonce)).IsRefused("nonce_spent");
        }
    }

    [Fact]
    public async Task An_unknown_a_foreign_a_revoked_and_a_disabled_persons_key_look_alike()
    {
        await using var own = await GapuraServer.Start();
        using Phone unknown = new(), revoked = new(), disabled = new();
        var device = await own.Enrol(own.Account, revoked);
        Assert.True(await own.Get<DeviceRegister>().Revoke(device, null, Gapura.Audit.Hand.Operator, Ct));
        var gone = await own.AddAccount("pergi");
        await own.Enrol(gone, disabled);
        await own.Disable(gone);

        var outside = new List<string>();
        foreach (var phone in (Phone[])[unknown, revoked, disabled, server.Phone])
        {
            var rows = await own.Rows();
            outside.Add((await own.Approve(await own.Open(NewNonce()), phone)).IsRefused("invalid_key", "The public key cannot sign in here.").Outside);
            Assert.Equal(rows, await own.Rows());
        }

        Assert.Single(outside.Distinct());
    }

    [Fact]
    public async Task An_expired_an_altered_and_a_used_session_id_look_alike()
    {
        await using var own = await GapuraServer.Start();
        using var second = new Phone();
        await own.Enrol(own.Account, second);
        var expired = await own.Open(NewNonce());
        own.Clock.Pass(TimeSpan.FromSeconds(60));
        var used = await own.Open(NewNonce());
        (await own.Approve(used)).IsOk();
        var outside = new List<string>();
        foreach (var sessionId in (string[])[expired, used, "nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057", "x", used.Replace("nu.id", "nu.ie", StringComparison.Ordinal)])
            outside.Add((await own.Approve(sessionId, second)).IsRefused("invalid_session", NoSession).Outside);
        Assert.Single(outside.Distinct());
    }

    [Fact]
    public async Task A_code_expires_to_the_second()
    {
        await using var own = await GapuraServer.Start();
        var nonce = NewNonce();
        var sessionId = await own.Open(nonce);
        own.Clock.Pass(TimeSpan.FromSeconds(60));
        (await own.Approve(sessionId)).IsRefused("invalid_session");
        own.Clock.Pass(TimeSpan.FromMilliseconds(-1));
        (await own.Approve(sessionId)).IsOk();
    }

    [Fact]
    public async Task Opening_and_refusing_write_nothing()
    {
        var rows = await server.Rows();
        using var unknown = new Phone();
        for (var i = 0; i < 20; i++)
        {
            var sessionId = await server.Open(NewNonce());
            (await server.Approve(sessionId, signature: server.Phone.Sign(sessionId + "x"))).IsRefused("invalid_signature");
            (await server.Approve(sessionId, unknown)).IsRefused("invalid_key");
        }

        Assert.Equal(rows, await server.Rows());
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz")]
    [InlineData("3006020100020100")]
    [InlineData("30060201000201")]
    [InlineData("300602010102010")]
    public async Task A_signature_that_is_none_is_refused(string signature)
    {
        var sessionId = await server.Open(NewNonce());
        (await server.Approve(sessionId, signature: signature)).IsRefused(signature.Length == 0 ? "invalid_request" : "invalid_signature");
        (await server.Approve(sessionId, signature: server.Phone.Sign(sessionId) + "00")).IsRefused("invalid_signature");
        (await server.Approve(sessionId, signature: server.Phone.Sign(sessionId)[..^2])).IsRefused("invalid_signature");
    }

    [Fact]
    public async Task A_public_key_in_another_form_is_refused()
    {
        var sessionId = await server.Open(NewNonce());
        var key = server.Phone.PublicKey;
        foreach (var other in (string[])["02" + key[2..66], key[2..], "06" + key[2..], "07" + key[2..], "04" + new string('0', 128), "04" + new string('f', 128), Slip.In(key), key + "00"])
        {
            var body = JsonSerializer.Serialize(new { sessionId, signature = server.Phone.Sign(sessionId), publicKey = other, nonce = PhoneNonce });
            (await server.Post("/v1/authenticate", body)).IsRefused("invalid_request", "publicKey must be 130 hex digits beginning 04: an uncompressed point of secp256k1.");
        }
    }
}
