using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.SeamlessLogin.Pages;
using Gapura.Storage;
using Gapura.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.SeamlessLogin;

/// <summary>What a completed popup gives its page. Not a record: a record would print its token and its code.</summary>
internal sealed class HandedOver
{
    /// <summary>The documented message, or the one with a code in its place; null for a whole page, which goes on at once.</summary>
    public PopupAnswer? Message { get; init; }

    /// <summary>The return page with its code; null where there is none.</summary>
    public string? Return { get; init; }
}

/// <summary>Makes what a popup hands over: in the transaction that completes it the code, afterwards the rest.</summary>
internal sealed class HandingOver(AuthorizationCodes codes, NamedTokens named, Mint mint, TokenOptions tokens)
{
    /// <returns>Null where no code is wanted.</returns>
    public async Task<Secret?> Issue(SqlSession sql, Popup popup, Grant grant, Account account, DateTimeOffset signedInAt, IReadOnlyList<string> methods)
    {
        var wanted = popup.HandOver;
        if (wanted.SendsToken) await named.Tell(sql, grant, account);
        return wanted.CodeChallenge is null ? null : await codes.Issue(sql, new AuthorizationCode
        {
            GrantId = grant.Id, Holder = wanted.Holder, RedirectUri = wanted.RedirectUri, CodeChallenge = wanted.CodeChallenge, SignedInAt = signedInAt, Methods = methods,
        });
    }

    public HandedOver Make(Popup popup, Grant grant, Account account, DateTimeOffset signedInAt, Secret? code)
    {
        var wanted = popup.HandOver;
        PopupAnswer? message = wanted switch
        {
            { IsWholePage: true } => null,
            { IsForBackend: true } => new CodeMessage { Code = code!.Value.Reveal(), Iss = tokens.Issuer.Text, State = popup.State },
            _ => Message(grant, account, signedInAt, popup.State),
        };
        return new HandedOver { Message = message, Return = wanted.RedirectUri is { } page ? Return(page, code!.Value, popup.State) : null };
    }

    /// <summary>The documented message.</summary>
    public PopupMessage Message(Grant grant, Account account, DateTimeOffset signedInAt, string? state) => new()
    {
        AccessToken = named.AccessToken(grant, account, signedInAt).Reveal(), ExpiresIn = mint.AccessTokenSeconds, Username = account.Username, Npwp = account.Npwp ?? "",
        Iss = tokens.Issuer.Text, State = state,
    };

    // Never a token in an address: histories and logs keep it. iss tells whose answer this is (RFC 9207).
    private string Return(string page, Secret code, string? state)
    {
        var answer = new Dictionary<string, string?> { ["code"] = code.Reveal(), ["state"] = state, ["iss"] = tokens.Issuer.Text };
        return QueryHelpers.AddQueryString(page, answer.Where(p => p.Value is not null));
    }
}
