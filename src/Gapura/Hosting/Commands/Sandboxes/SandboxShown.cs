using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.Hosting.Commands.Sandboxes;

/// <summary>Everything a partner's developer needs for an afternoon, on one screen.</summary>
/// <param name="ApiKey">The key itself: nowhere else and never again.</param>
/// <param name="Issuer">Where this server is: <c>iss</c> of its tokens.</param>
/// <param name="Audience"><c>aud</c> of the access tokens it gets as long as it is a sandbox.</param>
/// <param name="Refusals">The page that says why a request was refused.</param>
/// <param name="Next">The next command to copy.</param>
internal sealed record SandboxShown(
    string ClientId, string ApiKey, string Issuer, string Audience, IReadOnlyList<TestPerson> People, string Developers, string Refusals, string Next, PlatformShown Platform)
{
    public static SandboxShown Of(Platform platform, Secret key, IReadOnlyList<TestPerson> people, Settings settings)
    {
        var issuer = settings.Tokens.Issuer.Text;
        return new SandboxShown(
            platform.ClientId, key.Reveal(), issuer, settings.Tokens.SandboxAudience, people, $"{issuer}/developers", $"{issuer}/developers/refusals",
            $"curl -H '{settings.ApiKeyHeaders.Names[0]}: {key.Reveal()}' {issuer}/V1/NLE/AuthApiKey", PlatformShown.Of(platform));
    }

    public void Print(TextWriter output)
    {
        Answer.Lines(output, "Sandbox made. Key and passwords are shown this once.",
        [
            ("Client id", ClientId), ("API key", ApiKey), ("Domain", Platform.Domain), ("Redirect URIs", Platform.RedirectUris.Count == 0 ? null : string.Join(", ", Platform.RedirectUris)),
            ("Issuer", Issuer), ("Audience", Audience),
        ]);
        output.WriteLine();
        Answer.Lines(output, "Test people: they sign in to sandboxes and nowhere else. Their tax numbers can be nobody's.",
            [.. People.Select(p => (p.Username, (string?)$"{p.Password}   {p.Name}{(p.Npwp is null ? ", without a tax number" : $", NPWP {p.Npwp}")}"))]);
        output.WriteLine();
        output.WriteLine("A phone for the first of them, and its yes to a code (the text of the code, or a picture of it):");
        output.WriteLine($"  echo '{People[0].Password}' | gapura phone enrol --server {Issuer} --username {People[0].Username} --password-stdin --key phone.json");
        output.WriteLine("  gapura phone approve --key phone.json CODE");
        output.WriteLine();
        output.WriteLine("Why a request was refused (show it the API key), and where everything else is:");
        output.WriteLine($"  {Refusals}");
        output.WriteLine($"  {Developers}");
        output.WriteLine();
        output.WriteLine("Next: fetch a login ticket.");
        output.WriteLine($"  {Next}");
        output.WriteLine();
        output.WriteLine("When it is finished: real people, a new key, no more test people.");
        output.WriteLine($"  gapura platform promote {ClientId}");
    }

    public override string ToString() => ClientId;
}
