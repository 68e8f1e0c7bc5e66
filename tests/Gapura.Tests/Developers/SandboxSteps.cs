using System.Text.Json;
using Gapura.Accounts;
using Gapura.Hosting;
using Gapura.Hosting.Commands;
using Gapura.Tests.Hosting;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.Developers;

/// <summary>An operator beside a running server, and the people of a sandbox.</summary>
internal sealed class SandboxSteps(GapuraServer server, string? database = null)
{
    private readonly List<Phone> _phones = [];

    public string ClientId { get; private set; } = "";

    public string ApiKey { get; private set; } = "";

    /// <summary>What the command answered.</summary>
    public JsonElement Made { get; private set; }

    public string Username => Made.GetProperty("people")[0].GetProperty("username").GetString()!;

    public string Password => Made.GetProperty("people")[0].GetProperty("password").GetString()!;

    public string Npwp => Made.GetProperty("people")[0].GetProperty("npwp").GetString()!;

    public async Task<Said> Command(params string[] args)
    {
        using StringWriter output = new(), error = new();
        string[] at = database is null ? ["--data", server.Data] : ["--data", server.Data, "--database", database];
        var code = await GapuraCommandLine.RunAsync([.. args, .. at], new Terminal(output, error), server.Clock, TestContext.Current.CancellationToken);
        await server.Follow();
        return new Said(code, output.ToString(), error.ToString());
    }

    public async Task<SandboxSteps> Make(params string[] more)
    {
        var said = await Command(["platform", "add", "--sandbox", "--name", "Toko Coba", "--domain", "http://localhost:3000", .. more, "--json"]);
        Assert.True(said.Code == 0, said.Error);
        Made = said.Json;
        (ClientId, ApiKey) = (Made.GetProperty("clientId").GetString()!, Made.GetProperty("apiKey").GetString()!);
        return this;
    }

    /// <returns>The live key.</returns>
    public async Task<string> Promote()
    {
        var said = await Command("platform", "promote", ClientId, "--json");
        Assert.True(said.Code == 0, said.Error);
        return said.Json.GetProperty("apiKey").GetString()!;
    }

    public async Task<Account> Account() => (await server.Get<AccountRegister>().Find(Username, TestContext.Current.CancellationToken))!.Value.Account;

    public async Task<Phone> Phone()
    {
        var phone = new Phone();
        _phones.Add(phone);
        await server.Enrol(await Account(), phone);
        return phone;
    }

    public async Task<Browser> SignedIn()
    {
        var browser = new Browser(server);
        (await browser.SignIn(Username, Password)).IsSeeOther("/account");
        return browser;
    }
}
