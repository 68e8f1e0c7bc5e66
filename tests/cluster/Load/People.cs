using System.Diagnostics;
using System.Text.Json;
using Gapura.Cluster.Rig;
using Gapura.Process.Tests.Kills;

namespace Gapura.Cluster.Load;

/// <summary>Screens, phones and popups at once, until they are told to stop.</summary>
internal sealed class People(Installed installed, Client client, Promises promises, Tally tally)
{
    private const int Screens = 6;

    // Two cores carry everything here: the load is to be there all the time, not to be as much as there can be.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan ScreensAskEvery = TimeSpan.FromSeconds(2);

    public Task Run(CancellationToken stop) => Task.WhenAll(
    [
        .. Enumerable.Range(0, Screens).Select(i => Task.Run(() => Repeat(turn => Screen(installed.Phones[i % installed.Phones.Count], turn), stop), CancellationToken.None)),

        // One popup at a time for each person: guesses are counted before they are known to be right.
        .. installed.People.Select(name => Task.Run(() => Repeat(_ => Popup(name), stop), CancellationToken.None)),
    ]);

    /// <summary>The message in the last page of a popup; null when the page is another.</summary>
    public static JsonElement? MessageIn(string page)
    {
        const string opening = "id=\"message\">";
        var start = page.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        if (start < opening.Length) return null;
        return JsonDocument.Parse(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)]).RootElement.GetProperty("message");
    }

    private static async Task Repeat(Func<int, Task> work, CancellationToken stop)
    {
        for (var turn = 0; !stop.IsCancellationRequested; turn++)
        {
            await work(turn);
            await Task.Delay(Between, CancellationToken.None);
        }
    }

    private async Task Screen(Phone phone, int turn)
    {
        var signIn = new QrSignIn(Client.NewNonce(), phone);
        if (await tally.Ask("open", false, () => client.QrAuth(signIn.Nonce)) is not { } opened) return;
        signIn.SessionId = opened.Text("sessionId");
        signIn.Approved = Asking.Unknown;
        promises.QrSignIns.Add(signIn);
        if (await tally.Ask("approve", true, () => client.Authenticate(signIn.SessionId, phone)) is not { } approved) return;
        signIn.Approved = Asking.Answered;
        promises.AccessTokens.Add(approved.Text("data", "accessToken"));
        var chain = new Chain(approved.Text("data", "refreshToken"));
        promises.Chains.Add(chain);

        // A third is left to be claimed later; a third is refreshed too.
        if (turn % 3 == 0) return;
        signIn.Claimed = Asking.Unknown;
        if (await Claim(signIn) is not { } token) return;
        signIn.Claimed = Asking.Answered;
        promises.AccessTokens.Add(token);
        if (turn % 3 == 1 || !await Rotate(chain)) return;
        await Rotate(chain);
    }

    // Another node than the one that was told may need a moment to hear of it. Screens ask every two seconds: by then it must have.
    private async Task<string?> Claim(QrSignIn signIn)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var asked = since.Elapsed;
            if (await tally.Ask("claim", false, () => client.QrAuth(signIn.Nonce)) is not { } claimed) return null;
            if (claimed.Json.TryGetProperty("accessToken", out var token)) return token.GetString();
            tally.NotTold(asked);
            if (asked > ScreensAskEvery)
            {
                signIn.Claimed = Asking.NotAsked;
                promises.Unheard.Add(signIn);
                return null;
            }

            await Task.Delay(50, CancellationToken.None);
        }
    }

    private async Task<bool> Rotate(Chain chain)
    {
        chain.Began();
        if (await tally.Ask("refresh", true, () => client.Refresh(chain.Tokens[^1])) is not { } refreshed) return false;
        chain.Add(refreshed.Text("refresh_token"));
        promises.AccessTokens.Add(refreshed.Text("access_token"));
        return true;
    }

    private async Task Popup(string username)
    {
        if (await tally.Ask("ticket", false, () => client.Ticket(installed.ApiKey)) is not { } ticket) return;
        var popup = new PopupSignIn(ticket.Text("data", "token"), username);
        if (await tally.Ask("popup", false, () => client.OpenPopup(popup.Ticket)) is null) return;
        popup.Completed = Asking.Unknown;
        promises.Popups.Add(popup);
        if (await tally.Ask("sign-in", true, () => client.SignIn(popup.Ticket, username)) is not { } completed) return;
        if (MessageIn(completed.Body) is not { } message) throw new InvalidOperationException($"A popup ended with another page than the one that hands over: {completed}");
        popup.Completed = Asking.Answered;
        promises.AccessTokens.Add(message.GetProperty("access_token").GetString()!);
        await Task.Delay(3 * Between, CancellationToken.None);
    }
}
