using System.Text;
using System.Text.RegularExpressions;
using Gapura.Accounts;
using Gapura.Audit;
using Gapura.Devices;
using Gapura.Hosting;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tests.Developers.Reference;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gapura.Tests;

/// <summary>
/// The whole server, listening on a port of this machine, with a clock that stands until a test moves it. Inside: two
/// platforms and a resource API, each with a live API key, and one person with a phone. As a class fixture it is
/// shared: a test that breaks something starts its own.
/// </summary>
public sealed partial class GapuraServer : IAsyncLifetime
{
    public const string ClientId = "client-1";
    public const string OtherClientId = "client-2";
    public const string ResourceApi = "pabean";
    public const string Domain = "https://tautauberes.id";
    public const string Username = "cobajualan";
    public const string Password = "kapal besar sekali";

    // tests/run says so: then no test of the whole run sees an answer that the reference does not know.
    private static readonly bool HoldsToReference = Environment.GetEnvironmentVariable("GAPURA_TEST_REFERENCE") == "1";
    private static readonly string[] Tables = [.. CreateTable().Matches(Schema()).Select(m => m.Groups["table"].Value).Where(t => t is not ("audit_seals" or "refused_requests"))];
    private static string? _hashOfPassword;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-journey-");
    private readonly Dictionary<string, string?> _settings;
    private readonly SocketsHttpHandler _sockets = new() { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 256, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
    private readonly HttpClient _http;
    private WebApplication? _app;
    private Database? _database;

    public GapuraServer() : this([])
    {
    }

    internal GapuraServer(params (string Name, string? Value)[] settings)
    {
        _settings = new(StringComparer.Ordinal) { ["Urls"] = "http://127.0.0.1:0", ["Issuer"] = "http://localhost:5080" };
        foreach (var (name, value) in settings) _settings[name] = value;
        _http = new HttpClient(_sockets, disposeHandler: false) { Timeout = TimeSpan.FromMinutes(2) };
    }

    internal FakeClock Clock { get; init; } = new();

    /// <summary>Is told of every answer, with the method and the address.</summary>
    internal Action<string, string, Reply>? Heard { get; set; }

    internal string Data => Path.Combine(_folder.FullName, "data");

    internal string Issuer => _settings["Issuer"]!;

    internal Database Database => _database!;

    internal string ApiKey { get; private set; } = "";

    internal string OtherApiKey { get; private set; } = "";

    internal string ResourceApiKey { get; private set; } = "";

    internal Account Account { get; private set; } = null!;

    internal Phone Phone { get; } = new();

    internal string DeviceId { get; private set; } = "";

    /// <summary>Where the port is.</summary>
    internal Uri Address { get; private set; } = new("http://127.0.0.1/");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Build();
        ApiKey = await AddPlatform(ClientId, "TauTauBeres.id", "TauTauBeres", "truck operator", Domain);
        OtherApiKey = await AddPlatform(OtherClientId, "Kapal+Laut", "PT Kapal & Laut", null, "https://kapal.example.com");
        ResourceApiKey = await AddPlatform(ResourceApi, "Pabean", "Bea Cukai", null, "https://pabean.example.go.id", isResourceApi: true);
        Account = await AddAccount(Username, "018263453454543");
        DeviceId = await Enrol(Account, Phone);
        await StartListening();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _sockets.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        if (_database is not null) await _database.DisposeAsync();
        Phone.Dispose();
        if (_folder.Exists) _folder.Delete(recursive: true);
    }

    internal static async Task<GapuraServer> Start(params (string Name, string? Value)[] settings)
    {
        var server = new GapuraServer(settings);
        await server.InitializeAsync();
        return server;
    }

    internal T Get<T>() where T : notnull => _app!.Services.GetRequiredService<T>();

    /// <summary>Opens the database and puts the rooms together; nothing listens yet.</summary>
    internal async Task Build()
    {
        var settings = Settings.Read(Data, _settings);
        (_database, var master) = await Installation.Open(settings, Clock, Ct);
        _app = Server.Build(settings, _database, master, Clock);
        await Get<FreshnessWatch>().FirstFill(Ct);
    }

    /// <summary>A server that listens although its database went away before it had read a thing.</summary>
    internal async Task BuildWithoutStore()
    {
        var settings = Settings.Read(Data, _settings);
        (_database, var master) = await Installation.Open(settings, Clock, Ct);
        await _database.DisposeAsync();
        Directory.Delete(Data, recursive: true);
        _app = Server.Build(settings, _database, master, Clock);
        await _app.StartAsync(Ct);
        Address = new Uri(_app.Urls.First());
    }

    internal async Task StartListening()
    {
        await Follow();
        await _app!.StartAsync(Ct);
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>Looks at the store now, as the watch does four times a second.</summary>
    internal async Task Follow()
    {
        foreach (var kept in _app!.Services.GetServices<IKeptFresh>()) await kept.Refresh(Ct);
    }

    /// <summary>Time passes, and keys whose time has come are replaced.</summary>
    internal async Task Pass(TimeSpan span)
    {
        Clock.Pass(span);
        foreach (var kept in _app!.Services.GetServices<IKeptFresh>()) await kept.RotateWhenDue(Ct);
        await Follow();
    }

    internal async Task<string> AddPlatform(string clientId, string name, string company, string? description, string domain, bool isResourceApi = false)
    {
        Assert.True(await Get<PlatformRegister>().TryAdd(new Platform
        {
            ClientId = clientId, Name = name, Company = company, Description = description, Domain = Seed.Origin(domain), IsResourceApi = isResourceApi, CreatedAt = Clock.Now,
        }, Ct));
        return await IssueKey(clientId);
    }

    internal async Task<string> IssueKey(string clientId)
    {
        var key = (await Get<ApiKeys>().Issue(clientId, expiresAt: null, Ct))!.Value.Key.Reveal();
        await Follow();
        return key;
    }

    internal async Task<Account> AddAccount(string username, string? npwp = null, string? password = Password)
    {
        var account = new Account { Id = PublicId.New(Clock), Username = username, Name = "Coba Jualan", Npwp = npwp, CreatedAt = Clock.Now };
        Assert.True(await Get<AccountRegister>().TryAdd(account, password is null ? null : await Hash(password), Ct));
        return account;
    }

    /// <returns>The device's id.</returns>
    internal async Task<string> Enrol(Account account, Phone phone)
    {
        var device = new Device { Id = PublicId.New(Clock), AccountId = account.Id, PublicKey = phone.PublicKey, Name = "Ponsel", EnrolledAt = Clock.Now };
        Assert.True(await Get<DeviceRegister>().TryEnrol(device, Hand.Operator, Ct));
        return device.Id;
    }

    internal Task Disable(Account account) => Database.Write(sql => Get<AccountRegister>().Disable(sql, account.Id), Ct);

    internal async Task<Reply> Send(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = content };
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var response = await _http.SendAsync(request, Ct);
        var reply = await Reply.From(response, Ct);
        if (HoldsToReference) Assert.Equal([], Documented.Usual.Faults(method.Method, path, reply));
        Heard?.Invoke(method.Method, path, reply);
        return reply;
    }

    internal Task<Reply> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    internal Task<Reply> Post(string path, string json, params (string Name, string Value)[] headers) => Post(path, Encoding.UTF8.GetBytes(json), "application/json", headers);

    internal async Task<Reply> Post(string path, byte[] body, string? contentType, params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null) Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", contentType));
        return await Send(HttpMethod.Post, path, content, headers);
    }

    internal async Task<Reply> PostForm(string path, IEnumerable<(string Name, string Value)> fields, params (string Name, string Value)[] headers)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await Send(HttpMethod.Post, path, content, headers);
    }

    /// <summary>How many rows each table has, one line a table. The audit's seals and the list of refused requests are written by the server itself, when it comes to it.</summary>
    internal async Task<string> Rows(params string[] except)
    {
        var counts = new List<string>();
        foreach (var table in Tables.Except(except))
            counts.Add($"{table} {await Database.Read(sql => sql.Value<long>($"SELECT COUNT(*) FROM {table}"), Ct)}");
        return string.Join('\n', counts);
    }

    // Hashing is slow on purpose, and nearly everybody here has the same password.
    private async Task<string> Hash(string password)
    {
        if (password != Password) return await Get<Passwords>().Hash(password, Ct);
        return _hashOfPassword ??= await Get<Passwords>().Hash(password, Ct);
    }

    private static string Schema()
    {
        var assembly = typeof(Database).Assembly;
        return string.Join('\n', assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
            return reader.ReadToEnd();
        }));
    }

    [GeneratedRegex("CREATE TABLE (?<table>\\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CreateTable();
}
