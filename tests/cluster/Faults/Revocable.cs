using Gapura.Cluster.Load;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>Something that works until it is revoked, and how to see whether it still does.</summary>
internal sealed record Revocable(string What, Func<Client, Task<Heard>> Ask, Func<Heard, bool> IsAccepted, Func<Task> Revoke)
{
    public static async Task<Revocable> ApiKey(Site site, string tag)
    {
        var (at, installed) = (site.Nodes[0], site.Installed);
        await installed.Run(at, "platform", "add", "--client-id", "brief-" + tag, "--name", "Sebentar", "--company", "Sebentar", "--domain", $"https://{tag}.example");
        var issued = await installed.Run(at, "api-key", "issue", "--platform", "brief-" + tag);
        var (key, id) = (issued.GetProperty("apiKey").GetString()!, issued.GetProperty("id").GetString()!);
        return new("an API key", client => client.Ticket(key), heard => heard.IsOk, () => installed.Run(at, "api-key", "revoke", id));
    }

    public static async Task<Revocable> Phone(Site site, string tag)
    {
        var (device, phone) = await site.Installed.Enrol(site.Nodes[0], site.Installed.People[0], "Ponsel " + tag);
        return new("a phone", client => SignIn(client, phone), heard => heard.IsOk, () => site.Installed.Run(site.Nodes[0], "device", "revoke", device));
    }

    public static async Task<Revocable> PhoneOfGrant(Site site, string tag)
    {
        var (device, phone) = await site.Installed.Enrol(site.Nodes[0], site.Installed.People[1], "Ponsel " + tag);
        var (access, _) = await Tokens(site.Nodes[0], phone);
        return Token("what a phone had approved", site, access, () => site.Installed.Run(site.Nodes[0], "device", "revoke", device));
    }

    public static async Task<Revocable> Account(Site site, string tag)
    {
        var phone = await site.Installed.Person(site.Nodes[0], "akun-" + tag);
        var (access, _) = await Tokens(site.Nodes[0], phone);
        return Token("an account", site, access, () => site.Installed.Run(site.Nodes[0], "account", "disable", "akun-" + tag));
    }

    /// <summary>By its platform, which asks the first node.</summary>
    public static async Task<Revocable> Grant(Site site, string tag)
    {
        var (access, refresh) = await Tokens(site.Nodes[0], site.Installed.Phones[2]);
        return Token("a grant", site, access, async () =>
        {
            using var client = new Client(site.Nodes[0].Address, TimeSpan.FromSeconds(10));
            if (await client.Revoke(refresh, site.Installed.ApiKey) is { IsOk: false } no) throw new InvalidOperationException($"A grant could not be revoked: {no}");
        });
    }

    private static Revocable Token(string what, Site site, string access, Func<Task> revoke) =>
        new(what, client => client.Introspect(access, site.Installed.CustomsKey), heard => heard.IsActive, revoke);

    private static async Task<(string Access, string Refresh)> Tokens(Node at, Phone phone)
    {
        using var client = new Client(at.Address, TimeSpan.FromSeconds(10));
        var heard = await SignIn(client, phone);
        return heard.IsOk ? (heard.Text("data", "accessToken"), heard.Text("data", "refreshToken")) : throw new InvalidOperationException($"{at.Name} did not sign a phone in: {heard}");
    }

    private static async Task<Heard> SignIn(Client client, Phone phone)
    {
        var opened = await client.QrAuth(Client.NewNonce());
        return opened.IsOk ? await client.Authenticate(opened.Text("sessionId"), phone) : opened;
    }
}
