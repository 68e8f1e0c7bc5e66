using System.Text.Json;
using Gapura.Process.Tests.Running;

namespace Gapura.Process.Tests.Kills;

/// <summary>Many screens, phones and popups at once, until they are told to stop. An answer counts once it was read to its end.</summary>
internal sealed class Load(Installed installed, Client client, Promises promises)
{
    private const int Screens = 24;

    public Task Run(CancellationToken stop) => Task.WhenAll(
    [
        .. Enumerable.Range(0, Screens).Select(i => Task.Run(() => Repeat(turn => Screen(installed.Phones[i % installed.Phones.Count], turn), stop), CancellationToken.None)),

        // One popup at a time for each person: guesses are counted before they are known to be right.
        .. installed.People.Select(name => Task.Run(() => Repeat(_ => Popup(name), stop), CancellationToken.None)),
    ]);

    /// <summary>The message in the last page of a popup.</summary>
    public static JsonElement MessageIn(string page)
    {
        const string opening = "id=\"message\">";
        var start = page.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        return JsonDocument.Parse(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)]).RootElement.GetProperty("message");
    }

    private static async Task Repeat(Func<int, Task> work, CancellationToken stop)
    {
        for (var turn = 0; !stop.IsCancellationRequested; turn++)
        {
            try
            {
                await work(turn);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // No answer: what was asked stays unknown. The server may be gone for a moment.
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private async Task Screen(Phone phone, int turn)
    {
        var signIn = new QrSignIn(Client.NewNonce(), phone);
        var opened = await client.QrAuth(signIn.Nonce);
        if (!opened.IsOk) return;
        signIn.SessionId = opened.Text("sessionId");
        signIn.Approved = Asking.Unknown;
        promises.QrSignIns.Add(signIn);
        var approved = await client.Authenticate(signIn.SessionId, phone);
        if (!approved.IsOk) return;
        signIn.Approved = Asking.Answered;
        promises.AccessTokens.Add(approved.Text("data", "accessToken"));
        var chain = new Chain(approved.Text("data", "refreshToken"));
        promises.Chains.Add(chain);

        // A third is left to be claimed later; a third is refreshed too.
        if (turn % 3 == 0) return;
        signIn.Claimed = Asking.Unknown;
        var claimed = await client.QrAuth(signIn.Nonce);
        if (!claimed.IsOk) return;
        Assert.False(claimed.Json.TryGetProperty("sessionId", out _), "approved, and yet nothing to claim");
        signIn.Claimed = Asking.Answered;
        promises.AccessTokens.Add(claimed.Text("accessToken"));
        if (turn % 3 == 1) return;
        await Rotate(chain);
        await Rotate(chain);
    }

    private async Task Rotate(Chain chain)
    {
        chain.Began();
        var refreshed = await client.Refresh(chain.Tokens[^1]);
        if (!refreshed.IsOk) return;
        chain.Add(refreshed.Text("refresh_token"));
        promises.AccessTokens.Add(refreshed.Text("access_token"));
    }

    private async Task Popup(string username)
    {
        var ticket = await client.Ticket(installed.ApiKey);
        if (!ticket.IsOk) return;
        var popup = new PopupSignIn(ticket.Text("data", "token"), username);
        if (!(await client.OpenPopup(popup.Ticket)).IsOk) return;
        popup.Completed = Asking.Unknown;
        promises.Popups.Add(popup);
        var completed = await client.SignIn(popup.Ticket, username);
        if (!completed.IsOk) return;
        popup.Completed = Asking.Answered;
        promises.AccessTokens.Add(MessageIn(completed.Body).GetProperty("access_token").GetString()!);
    }
}
