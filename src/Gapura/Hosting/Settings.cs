using System.Globalization;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.QrAuth;
using Gapura.SeamlessLogin;
using Gapura.Tokens;

namespace Gapura.Hosting;

/// <summary>
/// What an operator may say, read once at start and held to its rules there. Later beats earlier: built-in values,
/// <c>gapura.json</c> in the data directory, environment variables <c>GAPURA_…</c>, the command line.
/// </summary>
internal sealed record Settings
{
    public required string DataDirectory { get; init; }

    /// <summary>PostgreSQL's connection text, or the path of the SQLite file.</summary>
    public required string Database { get; init; }

    /// <summary>64 hex digits; null to keep it in <c>master.key</c> in the data directory.</summary>
    public string? MasterKey { get; init; }

    public required string Urls { get; init; }

    /// <summary>What pages call this installation.</summary>
    public required string Brand { get; init; }

    /// <summary>Request header in which a trusted proxy tells the country; null for none.</summary>
    public string? CountryHeader { get; init; }

    public required TokenOptions Tokens { get; init; }

    public required QrAuthOptions QrAuth { get; init; }

    public required PushOptions Push { get; init; }

    public required SeamlessLoginOptions SeamlessLogin { get; init; }

    /// <summary>The configured name, <c>beacukai-api-key</c> unless said otherwise, and the two every installation accepts.</summary>
    public required ApiKeyHeaders ApiKeyHeaders { get; init; }

    /// <summary>Addresses or networks (CIDR) of the proxies whose X-Forwarded-* headers are believed.</summary>
    public required IReadOnlyList<string> TrustedProxies { get; init; }

    public required CertificateSettings Certificates { get; init; }

    /// <exception cref="SettingsException">A setting breaks its rule; the message names it and says the rule.</exception>
    public static Settings Read(string? dataDirectory, IEnumerable<KeyValuePair<string, string?>> commandLine)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables("GAPURA_").Build();
        var data = Path.GetFullPath(dataDirectory ?? environment["Data"] ?? "data");
        IConfiguration said;
        try
        {
            said = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(data, "gapura.json"), optional: true)
                .AddEnvironmentVariables("GAPURA_")
                .AddInMemoryCollection(commandLine.Where(s => s.Value is not null))
                .Build();
        }
        catch (InvalidDataException e)
        {
            throw new SettingsException($"gapura.json in {data} cannot be read: {e.InnerException?.Message ?? e.Message}");
        }

        var urls = said["Urls"] ?? "http://localhost:5080";
        var issuerText = said["Issuer"] ?? urls.Split(';')[0].TrimEnd('/');
        if (!WebOrigin.TryParse(issuerText, out var issuer))
            throw new SettingsException($"Issuer '{issuerText}' is not a web origin such as https://id.example.go.id (http only on localhost). Set --issuer to the address people see.");

        return new Settings
        {
            DataDirectory = data,
            Database = said["Database"] ?? Path.Combine(data, "gapura.db"),
            MasterKey = said["MasterKey"],
            Urls = urls,
            Brand = said["Brand"] ?? "Gapura",
            CountryHeader = said["CountryHeader"] is { Length: > 0 } header ? header : null,
            Tokens = new TokenOptions
            {
                Issuer = issuer,
                Audience = said["Tokens:Audience"] ?? issuer.Text,
                RefreshTokenLifetime = Span(said, "Tokens:RefreshTokenLifetime", TimeSpan.FromDays(30), TimeSpan.FromMinutes(1), TimeSpan.FromDays(366)),
            },
            QrAuth = new QrAuthOptions
            {
                Issuer = Word(said, "QrAuth:Issuer", "nu.id"),
                Version = Word(said, "QrAuth:Version", "1"),
                ChallengeLifetime = Span(said, "QrAuth:ChallengeLifetime", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10), TimeSpan.FromHours(1)),
                MostWaiting = Number(said, "QrAuth:MostWaiting", 50_000, 1, 1_000_000),
                ScanLifetime = Span(said, "QrAuth:ScanLifetime", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), TimeSpan.FromHours(1)),
                CollectLifetime = Span(said, "QrAuth:CollectLifetime", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10)),
            },
            Push = new PushOptions { Hosts = PushHostsIn(said), Subject = PushSubject(said["Push:Subject"] ?? issuer.Text, isSaid: said["Push:Subject"] is not null) },
            SeamlessLogin = new SeamlessLoginOptions
            {
                TicketLifetime = Span(said, "SeamlessLogin:TicketLifetime", TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1), TimeSpan.FromHours(24)),
            },
            ApiKeyHeaders = new([said["ApiKeyHeader"] ?? "beacukai-api-key", "nle-api-key", "x-api-key"]),
            TrustedProxies = (said["TrustedProxies"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Certificates = CertificateSettings.Read(said),
        };
    }

    // "none" is said, not left out: an empty list would be one by mistake.
    private static IReadOnlyList<string> PushHostsIn(IConfiguration said)
    {
        if (said["Push:Hosts"] is not { } text) return PushOptions.UsualHosts;
        if (text.Trim() == "none") return [];
        var hosts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return hosts.Length > 0 && hosts.All(PushHosts.IsHost) ? hosts
            : throw new SettingsException($"Push:Hosts is '{text}'; it must be none, or hosts of push services with commas between them, such as fcm.googleapis.com,*.push.services.mozilla.com.");
    }

    private static string PushSubject(string text, bool isSaid) =>
        !isSaid || (text.Length <= 200 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) && (text.StartsWith("mailto:", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal)))
            ? text : throw new SettingsException($"Push:Subject is '{text}'; it must be an address to write to, such as mailto:ops@example.go.id or https://example.go.id.");

    // Seconds, or hh:mm:ss.
    private static TimeSpan Span(IConfiguration said, string name, TimeSpan usual, TimeSpan least, TimeSpan most)
    {
        if (said[name] is not { } text) return usual;
        var span = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var parsed) ? parsed : TimeSpan.MinValue;
        return span >= least && span <= most ? span : throw new SettingsException($"{name} is '{text}'; it must be a number of seconds, or hh:mm:ss, from {least} to {most}.");
    }

    private static int Number(IConfiguration said, string name, int usual, int least, int most)
    {
        if (said[name] is not { } text) return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw new SettingsException($"{name} is '{text}'; it must be a whole number from {least} to {most}.");
    }

    private static string Word(IConfiguration said, string name, string usual)
    {
        var word = said[name] ?? usual;
        return word.Length is >= 1 and <= 64 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? word
            : throw new SettingsException($"{name} is '{word}'; it must be 1 to 64 letters, digits, dots, dashes or underscores.");
    }
}

/// <summary>A setting breaks its rule. The message is for the operator.</summary>
internal sealed class SettingsException(string message) : Exception(message);
