using System.Text.Json;

namespace Gapura.Cluster.Rig;

/// <summary>What is in the installation before anything is hurt: a platform, a resource API, people and their phones.</summary>
internal sealed class Installed(Site site) : IDisposable
{
    public const string ClientId = "client-1";
    public const string Password = "kuda laut menari di teluk";

    public string ApiKey { get; private set; } = "";

    public string CustomsKey { get; private set; } = "";

    /// <summary>User names, each with the phone of the same place in the list.</summary>
    public List<string> People { get; } = [];

    public List<Phone> Phones { get; } = [];

    public async Task Seed(Node at, int people)
    {
        await Run(at, "platform", "add", "--client-id", ClientId, "--name", "TauTauBeres.id", "--company", "TauTauBeres", "--domain", "https://tautauberes.id");
        await Run(at, "platform", "add", "--client-id", "customs", "--name", "Customs", "--company", "Customs", "--domain", "https://customs.example", "--resource-api");
        ApiKey = (await Run(at, "api-key", "issue", "--platform", ClientId)).GetProperty("apiKey").GetString()!;
        CustomsKey = (await Run(at, "api-key", "issue", "--platform", "customs")).GetProperty("apiKey").GetString()!;
        People.AddRange(Enumerable.Range(0, people).Select(i => $"orang{i}"));
        Phones.AddRange((await Task.WhenAll(People.Select(name => Person(at, name)))));
    }

    /// <summary>Somebody new, with a phone.</summary>
    public async Task<Phone> Person(Node at, string name)
    {
        await Run(at, "account", "add", "--username", name, "--name", "Orang Laut", "--npwp", "018263453454543", "--password", Password);
        return (await Enrol(at, name, "Ponsel")).Phone;
    }

    public async Task<(string DeviceId, Phone Phone)> Enrol(Node at, string account, string name)
    {
        var phone = new Phone();
        var device = await Run(at, "device", "enrol", "--account", account, "--public-key", phone.PublicKey, "--name", name);
        return (device.GetProperty("id").GetString()!, phone);
    }

    /// <summary>A command of the command line, where this node stands: over its own way to PostgreSQL.</summary>
    public Task<JsonElement> Run(Node at, params string[] command) => BuiltGapura.Json([.. command, .. ArgumentsOf(at)], site.Settings);

    public string[] ArgumentsOf(Node node) => ["--data", Path.Combine(site.Home, node.Name), "--database", site.ConnectionOf(node)];

    public void Dispose()
    {
        foreach (var phone in Phones) phone.Dispose();
    }
}
