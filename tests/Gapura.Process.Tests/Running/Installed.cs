namespace Gapura.Process.Tests.Running;

/// <summary>A seeded installation: one platform, one resource API, some people and their phones, all by the command line.</summary>
internal sealed class Installed : IAsyncDisposable
{
    public const string ClientId = "client-1";
    public const string Password = "kuda laut menari di teluk";
    private readonly DirectoryInfo _folder;
    private readonly Store _store;
    private readonly string? _database;

    private Installed(Store store, DirectoryInfo? at = null, string? data = null, string? database = null)
    {
        _store = store;
        _folder = at ?? Directory.CreateTempSubdirectory("gapura-process-");
        _database = database ?? store.Connection;
        Data = data ?? Path.Combine(_folder.FullName, "data");
    }

    public string Data { get; }

    public Store Store => _store;

    public string ApiKey { get; private set; } = "";

    public string CustomsKey { get; private set; } = "";

    public List<Phone> Phones { get; private init; } = [];

    /// <summary>User names, each with one phone.</summary>
    public List<string> People { get; private init; } = [];

    public string[] Arguments => ["--data", Data, .. _database is { } text ? new[] { "--database", text } : []];

    /// <param name="at">A folder that is the caller's to remove; null for one of its own.</param>
    public static async Task<Installed> On(Kind kind, int people = 1, DirectoryInfo? at = null)
    {
        var made = new Installed(await Store.Make(kind), at);
        await made.Run("platform", "add", "--client-id", ClientId, "--name", "TauTauBeres.id", "--company", "TauTauBeres", "--domain", "https://tautauberes.id");
        await made.Run("platform", "add", "--client-id", "customs", "--name", "Customs", "--company", "Customs", "--domain", "https://customs.example", "--resource-api");
        made.ApiKey = (await made.Run("api-key", "issue", "--platform", ClientId)).GetProperty("apiKey").GetString()!;
        made.CustomsKey = (await made.Run("api-key", "issue", "--platform", "customs")).GetProperty("apiKey").GetString()!;
        for (var i = 0; i < people; i++)
        {
            var (name, phone) = ($"orang{i}", new Phone());
            await made.Run("account", "add", "--username", name, "--name", $"Orang {i}", "--npwp", "018263453454543", "--password", Password);
            await made.Run("device", "enrol", "--account", name, "--public-key", phone.PublicKey, "--name", "Ponsel");
            made.People.Add(name);
            made.Phones.Add(phone);
        }

        return made;
    }

    /// <summary>No data directory yet: the server makes it.</summary>
    public static Installed Empty() => new(Store.File());

    /// <summary>The same platforms, people and phones where they lie by now. What must be removed is still the first one's.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="database">Null for the file in that directory.</param>
    public Installed Elsewhere(string data, string? database = null) => new(_store, _folder, data, database)
    {
        ApiKey = ApiKey, CustomsKey = CustomsKey, Phones = Phones, People = People,
    };

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        foreach (var phone in Phones) phone.Dispose();
        _folder.Delete(recursive: true);
    }

    private Task<System.Text.Json.JsonElement> Run(params string[] command) => BuiltGapura.Json([.. command, .. Arguments]);
}
