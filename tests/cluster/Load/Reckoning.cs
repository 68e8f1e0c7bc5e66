using System.Collections.Concurrent;
using System.Net;
using Gapura.Cluster.Rig;
using Gapura.Process.Tests.Kills;

namespace Gapura.Cluster.Load;

/// <summary>Holds the cluster, when it has come back, to everything it had said before and meanwhile.</summary>
internal sealed class Reckoning(Installed installed, Client client, Promises promises)
{
    private static readonly ParallelOptions AFew = new() { MaxDegreeOfParallelism = 12 };

    // The server's grace is 30 s; a slow machine must not turn a late question into a wrong answer.
    private static readonly TimeSpan SurelyInGrace = TimeSpan.FromSeconds(20);
    private readonly ConcurrentQueue<string> _lost = new();
    private readonly ConcurrentQueue<string> _doubled = new();

    /// <summary>What had been acknowledged and is not there, each with its reason.</summary>
    public IReadOnlyCollection<string> Lost => _lost;

    /// <summary>What was given out twice.</summary>
    public IReadOnlyCollection<string> Doubled => _doubled;

    public async Task Check()
    {
        foreach (var _ in promises.Unheard) _lost.Enqueue("a sign-in was approved, and two seconds later its screen was told that nobody had");

        // Refresh tokens first: their grace is short. Grants end in it, so what is asked about those comes before.
        await Parallel.ForEachAsync(promises.Chains.Where(c => c.SinceRotation < SurelyInGrace), AFew, async (chain, _) => await InGrace(chain));
        await Parallel.ForEachAsync(promises.AccessTokens, AFew, async (token, _) =>
        {
            var heard = await client.Introspect(token, installed.CustomsKey);
            if (!heard.IsActive) _lost.Enqueue($"the grant of an answered token is gone: {heard}");
        });
        await Parallel.ForEachAsync(promises.QrSignIns, AFew, async (signIn, _) => await Qr(signIn));
        foreach (var person in promises.Popups.GroupBy(p => p.Username))
            foreach (var popup in person) await Popup(popup);
        await Parallel.ForEachAsync(promises.Chains.Where(c => !c.IsUnknown), AFew, async (chain, _) => await Reuse(chain));
    }

    private async Task InGrace(Chain chain)
    {
        if (!chain.IsUnknown && chain.Tokens.Count > 1)
        {
            // Whoever lost the last answer asks again, and is told the same.
            var again = await client.Refresh(chain.Tokens[^2]);
            if (!again.IsOk) _lost.Enqueue($"the predecessor of a refresh token, in its grace: {again}");
            else if (again.Text("refresh_token") != chain.Tokens[^1]) _doubled.Enqueue("one refresh token was traded for two");
        }

        if (chain.Tokens.Count == 1 && !chain.IsUnknown) return;
        var next = await client.Refresh(chain.Tokens[^1]);
        if (!next.IsOk) _lost.Enqueue($"a refresh token that was answered, or whose trade got no answer: {next}");
        else chain.Add(next.Text("refresh_token"));
    }

    private async Task Qr(QrSignIn signIn)
    {
        var repeated = await client.Authenticate(signIn.SessionId, signIn.Phone);
        if ((signIn.Approved == Asking.Answered || !repeated.IsOk) && repeated.Error != "already_authenticated")
        {
            if (repeated.IsOk) _doubled.Enqueue("an approval was answered twice");
            else _lost.Enqueue($"an approval: {repeated}");
        }

        var claims = await Claims(signIn.Nonce);
        var delivered = claims.Count(HasTokens);
        foreach (var claim in claims.Where(c => !c.IsOk && c.Error != "nonce_spent")) _lost.Enqueue($"a claim: {claim}");
        if (delivered > 1) _doubled.Enqueue($"a sign-in was delivered {delivered} times");
        if (delivered == 1 && signIn.Claimed == Asking.Answered) _doubled.Enqueue("a claimed sign-in was delivered again");
        if (delivered == 0 && signIn.Claimed == Asking.NotAsked) _lost.Enqueue("an approved sign-in: nothing to be claimed");
    }

    // Two at once, and both that are told to go on waiting again for as long as screens do: what is approved just now may
    // be news to another node.
    private async Task<IReadOnlyList<Heard>> Claims(string nonce)
    {
        List<Heard> heard = [];
        for (var times = 0; times < 40; times++)
        {
            heard.AddRange(await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => client.QrAuth(nonce))));
            if (heard.Any(h => !h.IsOk || HasTokens(h))) break;
            await Task.Delay(50);
        }

        heard.Add(await client.QrAuth(nonce));
        return heard;
    }

    private static bool HasTokens(Heard heard) => heard.IsOk && heard.Json.TryGetProperty("accessToken", out _);

    private async Task Popup(PopupSignIn popup)
    {
        var opened = await client.OpenPopup(popup.Ticket);
        var again = await client.SignIn(popup.Ticket, popup.Username);
        if (popup.Completed == Asking.Answered && again.IsOk) _doubled.Enqueue("a ticket signed in twice");
        else if (popup.Completed == Asking.Answered && (opened.Status, again.Status) != (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)) _lost.Enqueue($"the memory that a ticket is spent: {opened}, {again}");
        else if (popup.Completed != Asking.Answered && opened.IsOk && !again.IsOk) _lost.Enqueue($"a ticket that nobody has spent: {again}");
        else if (popup.Completed != Asking.Answered && !opened.IsOk && again.IsOk) _doubled.Enqueue("a spent ticket signed in");
    }

    private async Task Reuse(Chain chain)
    {
        if (chain.Tokens.Count < 3)
        {
            var next = await client.Refresh(chain.Tokens[^1]);
            if (!next.IsOk) _lost.Enqueue($"a refresh token that was answered: {next}");
            return;
        }

        // Traded twice ago: stolen, or as good as. The whole grant ends.
        foreach (var token in new[] { chain.Tokens[^3], chain.Tokens[^1] })
        {
            var heard = await client.Refresh(token);
            if (heard.IsOk) _doubled.Enqueue("a refresh token that was traded twice ago still works, or its successor does");
            else if (heard.Error != "invalid_grant") _lost.Enqueue($"an answer about a refresh token: {heard}");
        }
    }
}
