using System.CommandLine;
using System.Text.Json;
using Gapura.Platforms;

namespace Gapura.Hosting.Commands;

/// <summary>What may be said of a platform as a client, under short forms of the standard's names. Absent: as it is; empty: as is usual.</summary>
internal sealed class ClientOptions
{
    private const int LargestKeySet = 64 * 1024;
    private readonly Option<string?> _profile = new("--profile") { Description = "fapi2: a key or a certificate of its own, pushed requests, bound tokens, ES256 (FAPI 2.0 Security Profile)", HelpName = "PROFILE" };
    private readonly Option<string?> _jwks = Text("--jwks", "FILE", "Its public keys: a file with a JSON Web Key Set");
    private readonly List<(Option Option, Func<ParseResult, ClientSettings, ClientSettings> Apply)> _all = [];

    public ClientOptions(Command command)
    {
        _profile.AcceptOnlyFromAmong("fapi2");
        Add(_profile, (_, client) => client);
        Word("--auth-method", "METHOD", $"How it shows who it is: {string.Join(", ", ClientWords.AuthenticationMethods)}. Usual: its API key", (c, v) => c with { AuthenticationMethod = v });
        Add(_jwks, (said, client) => client with { Jwks = Keys(said.GetValue(_jwks)!) });
        Word("--jwks-uri", "URI", "Where its public keys are fetched from", (c, v) => c with { JwksUri = v });
        Word("--certificate-subject", "DN", "tls_client_auth: the subject of its certificate (RFC 4514)", (c, v) => c with { CertificateSubject = v });
        Word("--id-token-alg", "ALG", $"What signs its ID tokens: {string.Join(", ", ClientWords.IdTokenAlgorithms)}. Usual: RS256", (c, v) => c with { IdTokenAlgorithm = v });
        Word("--subject-type", "TYPE", "public: the account's id; pairwise: a name that its sector alone knows", (c, v) => c with { SubjectType = v });
        Word("--sector-identifier-uri", "URI", "Whose host names the sector. You vouch for it: it is not fetched", (c, v) => c with { SectorIdentifierUri = v });
        Words("--post-logout-redirect-uri", "URI", "Where a person may be sent after signing out; may be repeated", (c, v) => c with { PostLogoutRedirectUris = v });
        Word("--backchannel-logout-uri", "URI", "Told of a sign-out by this server", (c, v) => c with { BackChannelLogoutUri = v });
        Word("--frontchannel-logout-uri", "URI", "Told of a sign-out by the person's browser", (c, v) => c with { FrontChannelLogoutUri = v });
        Truth("--frontchannel-logout-session-required", "Its frame is told iss and sid", (c, v) => c with { FrontChannelLogoutSessionRequired = v });
        Truth("--claims-in-id-token", "Name, email and the like stand in the ID token too, for a client that does not ask userinfo", (c, v) => c with { ScopeClaimsInIdToken = v });
        Truth("--require-pushed", "Requests must be pushed first (RFC 9126)", (c, v) => c with { RequirePushedRequests = v });
        Truth("--require-signed-request", "Requests must be signed (RFC 9101)", (c, v) => c with { RequireSignedRequests = v });
        Truth("--dpop-bound", "Tokens are bound to a key of its own (RFC 9449)", (c, v) => c with { DpopBound = v });
        Truth("--certificate-bound", "Tokens are bound to its certificate (RFC 8705)", (c, v) => c with { CertificateBound = v });
        Words("--grant-type", "TYPE", $"What it may use beyond the code flow: {string.Join(", ", ClientWords.GrantTypes.Skip(2))}; may be repeated", (c, v) => c with { GrantTypes = v });
        Word("--scope", "SCOPE", "What it may ask for in its own name: words separated by spaces", (c, v) => c with { Scope = v });
        Word("--ciba-delivery", "MODE", $"CIBA: {string.Join(", ", ClientWords.BackChannelDeliveries)}", (c, v) => c with { BackChannelDelivery = v });
        Word("--ciba-notification-endpoint", "URI", "CIBA: where ping and push go", (c, v) => c with { BackChannelNotificationEndpoint = v });
        Word("--client-uri", "URI", "Its home page", (c, v) => c with { ClientUri = v });
        Word("--policy-uri", "URI", "What it does with people's data", (c, v) => c with { PolicyUri = v });
        Word("--tos-uri", "URI", "Its terms of service", (c, v) => c with { TermsUri = v });
        Words("--quirk", "QUIRK", $"An old way it is still let in by: {string.Join(", ", ClientWords.Quirks)}; may be repeated", (c, v) => c with { Quirks = v });
        foreach (var (option, _) in _all) command.Options.Add(option);
    }

    public bool AreSaid(ParseResult said) => _all.Any(o => said.GetResult(o.Option) is { Implicit: false });

    /// <exception cref="RefusedException">What is said cannot be, or contradicts what is there.</exception>
    public ClientSettings Applied(ParseResult said, Platform platform)
    {
        var client = _all.Where(o => said.GetResult(o.Option) is { Implicit: false }).Aggregate(platform.Client, (c, o) => o.Apply(said, c));
        if (said.GetValue(_profile) is not null) client = Fapi2Profile.Applied(client, platform);
        if (ClientSettingsRules.Fault(platform with { Client = client }) is { } fault) throw new RefusedException($"{fault.Member} {fault.Sentence} Nothing was changed.");
        return client;
    }

    private static Option<string?> Text(string name, string helpName, string description) => new(name) { Description = description, HelpName = helpName };

    private void Word(string name, string helpName, string description, Func<ClientSettings, string?, ClientSettings> set)
    {
        var option = Text(name, helpName, description);
        Add(option, (said, client) => set(client, said.GetValue(option) is { Length: > 0 } word ? word : null));
    }

    private void Words(string name, string helpName, string description, Func<ClientSettings, IReadOnlyList<string>?, ClientSettings> set)
    {
        Option<string[]> option = new(name) { Description = description, HelpName = helpName };
        Add(option, (said, client) => set(client, said.GetValue(option) is { } words && words.Any(w => w.Length > 0) ? [.. words.Where(w => w.Length > 0).Distinct()] : null));
    }

    // Said bare it is so.
    private void Truth(string name, string description, Func<ClientSettings, bool?, ClientSettings> set)
    {
        Option<string?> option = new(name) { Description = description, HelpName = "true|false", Arity = ArgumentArity.ZeroOrOne };
        option.AcceptOnlyFromAmong("true", "false", "");
        Add(option, (said, client) => set(client, said.GetValue(option) switch { "" => null, "false" => false, _ => true }));
    }

    private void Add(Option option, Func<ParseResult, ClientSettings, ClientSettings> apply) => _all.Add((option, apply));

    private static JsonElement? Keys(string path)
    {
        if (path.Length == 0) return null;
        if (!File.Exists(path)) throw new RefusedException($"There is no file '{path}' with a key set.");
        if (new FileInfo(path).Length > LargestKeySet) throw new RefusedException($"The file '{path}' is larger than 64 KiB.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new RefusedException($"The file '{path}' is not JSON.");
        }
    }
}
