using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.Tokens;

public sealed class MintTests(SqliteStore store) : StoreContract(store), IClassFixture<SqliteStore>
{
    [Fact]
    public async Task Its_header_and_claims_are_exactly_these()
    {
        var (mint, keys, grant) = await Mint();
        Clock.Pass(TimeSpan.FromSeconds(100));
        var parts = mint.AccessToken(grant, t => t with { Nonce = "n-1", Username = "coba", Npwp = "018263453454543" }).Reveal().Split('.');
        var now = Clock.Now.ToUnixTimeSeconds();
        Assert.Equal($$"""{"alg":"ES256","typ":"at+jwt","kid":"{{keys.Current(SigningAlgorithm.Es256).Id}}"}""", Text(parts[0]));
        var claims = Text(parts[1]);
        var id = mint.Read(string.Join('.', parts))!.Id;
        Assert.Equal($$"""{"iss":"https://id.example.go.id","aud":"https://api.example.go.id","sub":"{{grant.AccountId}}","client_id":"ttb","iat":{{now}},"exp":{{now + 900}},"auth_time":{{now - 100}},"jti":"{{id}}","grant_id":"{{grant.Id}}","nonce":"n-1","username":"coba","npwp":"018263453454543"}""", claims);
        Assert.Equal(900, mint.AccessTokenSeconds);
    }

    [Fact]
    public async Task Who_is_no_platform_any_more_is_not_told_the_account()
    {
        var (mint, _, grant) = await Mint();
        var stranger = mint.Read(mint.AccessToken(grant with { ClientId = "gone" }).Reveal())!.Subject;
        Assert.Matches("^[A-Za-z0-9_-]{43}$", stranger);
        Assert.DoesNotContain(grant.AccountId, stranger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_flow_does_not_say_is_not_in_it()
    {
        var (mint, _, grant) = await Mint();
        var claims = Text(mint.AccessToken(grant).Reveal().Split('.')[1]);
        foreach (var name in new[] { "nonce", "username", "npwp", "name", "email" }) Assert.DoesNotContain($"\"{name}\"", claims, StringComparison.Ordinal);
        Assert.NotEqual(mint.AccessToken(grant), mint.AccessToken(grant));
    }

    [Fact]
    public async Task A_stranger_verifies_it_with_the_published_coordinates()
    {
        var (mint, keys, grant) = await Mint();
        var parts = mint.AccessToken(grant).Reveal().Split('.');
        var published = Assert.IsType<EcSigningKey>(Assert.Single(keys.Published(SigningAlgorithm.Es256)));
        using var stranger = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(published.X), Y = Base64Url.DecodeFromChars(published.Y) },
        });
        Assert.True(stranger.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        Assert.Equal((32, 32), (Base64Url.DecodeFromChars(published.X).Length, Base64Url.DecodeFromChars(published.Y).Length));
        Assert.Equal(published.Id, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{published.X}}","y":"{{published.Y}}"}"""))));
    }

    [Fact]
    public async Task What_it_made_it_reads_until_it_expires()
    {
        var (mint, _, grant) = await Mint();
        var token = mint.AccessToken(grant, t => t with { Nonce = "\"\\\u0001é密🔑" }).Reveal();
        var read = mint.Read(token)!;
        Assert.Equal((grant.AccountId, "ttb", grant.Id, "\"\\\u0001é密🔑"), (read.Subject, read.ClientId, read.GrantId, read.Nonce));
        Assert.Equal((Clock.Now, Clock.Now.AddSeconds(900), grant.GrantedAt), (read.IssuedAt, read.ExpiresAt, read.SignedInAt));
        Clock.Pass(TimeSpan.FromSeconds(900) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(mint.Read(token));
        Clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Null(mint.Read(token));
    }

    [Fact]
    public async Task Any_altered_character_is_refused()
    {
        var (mint, _, grant) = await Mint();
        var token = mint.AccessToken(grant).Reveal();
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var other in new[] { 'A', 'B', '-', '_', '.', '=', ' ', '\n', '\0', 'é' }.Where(c => c != token[i]))
                Assert.Null(mint.Read(token[..i] + other + token[(i + 1)..]));
            Assert.Null(mint.Read(token.Remove(i, 1)));
        }
    }

    [Fact]
    public async Task Another_writing_of_the_same_bytes_is_refused()
    {
        var (mint, _, grant) = await Mint();
        var token = mint.AccessToken(grant).Reveal();
        foreach (var other in new[] { token + "=", token + "==", " " + token, token + "\n", token + ".", "." + token, token.Replace('.', ' '), token + "." + token, "Bearer " + token })
            Assert.Null(mint.Read(other));

        // The last character of a 64-byte signature carries four bits that mean nothing.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        Assert.Equal(1, Alphabet.Count(last => mint.Read(token[..^1] + last) is not null));
    }

    [Fact]
    public async Task Headers_we_do_not_write_are_refused_even_when_rightly_signed()
    {
        var (mint, keys, grant) = await Mint();
        var claims = mint.AccessToken(grant).Reveal().Split('.')[1];
        var kid = keys.Current(SigningAlgorithm.Es256).Id;
        foreach (var header in new[]
        {
            """{"alg":"none"}""", $$"""{"alg":"none","typ":"at+jwt","kid":"{{kid}}"}""", $$"""{"alg":"HS256","typ":"at+jwt","kid":"{{kid}}"}""",
            $$"""{"alg":"ES256","typ":"JWT","kid":"{{kid}}"}""", $$"""{"alg":"ES256","kid":"{{kid}}"}""", $$"""{"typ":"at+jwt","alg":"ES256","kid":"{{kid}}"}""",
            $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{kid}}","crit":["x"]}""", $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{kid}}" }""", """{"alg":"ES256","typ":"at+jwt","kid":"another"}""", "", "{}",
        })
        {
            var signed = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header))}.{claims}";
            Assert.Null(mint.Read($"{signed}.{Base64Url.EncodeToString(keys.Current(SigningAlgorithm.Es256).Sign(Encoding.ASCII.GetBytes(signed)))}"));
            Assert.Null(mint.Read($"{signed}."));
            Assert.Null(mint.Read(signed));
        }
    }

    [Fact]
    public async Task Another_installations_key_is_refused_under_our_key_id_too()
    {
        var (mint, keys, grant) = await Mint();
        var foreign = new EcSigningKey(EcSigningKey.NewPkcs8());
        var parts = mint.AccessToken(grant).Reveal().Split('.');
        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        Assert.Null(mint.Read($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(foreign.Sign(signed))}"));
        Assert.NotNull(mint.Read($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(keys.Current(SigningAlgorithm.Es256).Sign(signed))}"));
    }

    [Fact]
    public async Task Texts_that_are_no_tokens_are_refused()
    {
        var (mint, _, _) = await Mint();
        foreach (var text in new[] { "", ".", "..", "...", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", new string('a', 9000), new string('.', 9000), "\ud800.\ud800.\ud800" })
            Assert.Null(mint.Read(text));
    }

    [Fact]
    public async Task Many_at_once_sign_and_read()
    {
        var (mint, _, grant) = await Mint();
        var read = await AtOnce.Run(64, _ => Task.FromResult(mint.Read(mint.AccessToken(grant).Reveal())));
        Assert.Equal(64, read.Select(t => t!.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_key_is_published_before_it_signs_and_until_its_last_token_has_expired()
    {
        var (mint, keys, grant) = await Mint();
        var first = keys.Current(SigningAlgorithm.Es256).Id;
        Clock.Pass(TimeSpan.FromDays(89));
        await Follow(keys);
        Assert.Equal(first, keys.Current(SigningAlgorithm.Es256).Id);
        Assert.Equal(2, keys.Published(SigningAlgorithm.Es256).Count);
        Assert.Equal([SigningKeyState.Signing, SigningKeyState.Published], (await keys.List(SigningAlgorithm.Es256, Ct)).Select(k => k.State));

        Clock.Pass(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        var last = mint.AccessToken(grant).Reveal();
        Clock.Pass(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, keys.Current(SigningAlgorithm.Es256).Id);
        Assert.NotNull(mint.Read(mint.AccessToken(grant).Reveal()));
        Assert.Equal([SigningKeyState.Verifying, SigningKeyState.Signing], (await keys.List(SigningAlgorithm.Es256, Ct)).Select(k => k.State));
        Clock.Pass(TimeSpan.FromSeconds(898));
        Assert.NotNull(mint.Read(last));
        Assert.Contains(keys.Published(SigningAlgorithm.Es256), k => k.Id == first);
        Clock.Pass(TimeSpan.FromMinutes(16));
        Assert.DoesNotContain(keys.Published(SigningAlgorithm.Es256), k => k.Id == first);
        Assert.Equal([SigningKeyState.Retired, SigningKeyState.Signing], (await keys.List(SigningAlgorithm.Es256, Ct)).Select(k => k.State));
    }

    [Fact]
    public async Task An_operator_rotates_after_publishing_or_at_once()
    {
        var (_, keys, _) = await Mint();
        var first = keys.Current(SigningAlgorithm.Es256).Id;
        await keys.Rotate(SigningAlgorithm.Es256, atOnce: false, Ct);
        await keys.Refresh(Ct);
        Assert.Equal(first, keys.Current(SigningAlgorithm.Es256).Id);
        Clock.Pass(SigningKeys.PublishedAhead);
        var second = keys.Current(SigningAlgorithm.Es256).Id;
        Assert.NotEqual(first, second);
        await keys.Rotate(SigningAlgorithm.Es256, atOnce: true, Ct);
        await keys.Refresh(Ct);
        Assert.NotEqual(second, keys.Current(SigningAlgorithm.Es256).Id);
    }

    [Fact]
    public async Task A_key_feared_lost_is_soon_refused_though_another_was_published_ahead()
    {
        var (_, keys, _) = await Mint();
        var lost = keys.Current(SigningAlgorithm.Es256).Id;
        Clock.Pass(TimeSpan.FromDays(89));
        await Follow(keys);
        await keys.Rotate(SigningAlgorithm.Es256, atOnce: true, Ct);
        await keys.Refresh(Ct);
        Clock.Pass(TimeSpan.FromMinutes(30));
        Assert.DoesNotContain(keys.Published(SigningAlgorithm.Es256), k => k.Id == lost);
        Assert.Single(keys.Published(SigningAlgorithm.Es256));
        Assert.Equal([SigningKeyState.Retired, SigningKeyState.Retired, SigningKeyState.Signing], (await keys.List(SigningAlgorithm.Es256, Ct)).Select(k => k.State));
    }

    private async Task<(Mint Mint, SigningKeys Keys, Grant Grant)> Mint()
    {
        var keys = new SigningKeys(Database, Master, new Revisions(Database), Seed.Tokens, Clock);
        await Follow(keys);
        var platforms = new PlatformRegister(Database, new Revisions(Database), Clock);
        await platforms.TryAdd(Seed.Platform("ttb", Clock), Ct);
        await platforms.Refresh(Ct);
        return (new Mint(keys, new Subjects(platforms, Master), platforms, Seed.Tokens, Clock), keys, Seed.Grant("an account", "ttb", Clock));
    }

    private static async Task Follow(SigningKeys keys)
    {
        await keys.RotateWhenDue(Ct);
        await keys.Refresh(Ct);
    }

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
