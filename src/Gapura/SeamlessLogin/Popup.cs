using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.SeamlessLogin.Pages;
using Gapura.Sessions;
using Gapura.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.SeamlessLogin;

/// <summary>One popup: a ticket that still stands, the platform that fetched it, and what its page passed along.</summary>
/// <param name="State">Returned in the message as it came; at most 1,024 characters.</param>
/// <param name="UiLocales">The languages the page asked for, or the person switched to; at most 100 characters.</param>
/// <param name="HandOver">How the page wants to be handed the result.</param>
internal sealed record Popup(LoginTicket Ticket, Platform Platform, string? State, string? UiLocales, HandOver HandOver)
{
    /// <summary>Names the popup in its address without giving its ticket away: 16 hex digits of the ticket's SHA-256.</summary>
    public string Id => IdOf(Ticket.Text);

    public Partner Partner => new(Platform.Name, Platform.Company, Platform.Domain.Text, Platform.IsSandbox);

    /// <summary>Where a reload finds the same popup again: the ticket lies in a cookie, not in the address.</summary>
    public string Address => QueryHelpers.AddQueryString("/seamlesslogin/", new Dictionary<string, string?>(HandOver.Parameters!) { ["popup"] = Id, ["state"] = State, ["ui_locales"] = UiLocales }.Where(p => p.Value is not null));

    /// <summary>What its forms carry. The ticket is among them: a browser that keeps no cookies can still sign in.</summary>
    public Dictionary<string, string> Hidden(Language language)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = Ticket.Text, ["ui_locales"] = language.Tag() };
        if (State is not null) fields["state"] = State;
        foreach (var (name, value) in HandOver.Parameters) fields[name] = value;
        return fields;
    }

    public static string IdOf(string ticket) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(ticket)).AsSpan(0, 8));
}

/// <summary>Finds the popup a request belongs to, or says why there is none.</summary>
internal sealed class Popups(LoginTickets tickets, ApiKeys apiKeys, Ceremonies ceremonies, SessionsOptions options, TimeProvider time)
{
    private const int LongestState = 1024;
    private const int LongestLocales = 100;

    /// <param name="parameter">What the request passes under a name: its query or its form.</param>
    public async Task<(Popup? Popup, Refusal? Refusal)> Read(HttpContext context, Func<string, string?> parameter, CancellationToken ct)
    {
        var (state, locales) = (parameter("state"), parameter("ui_locales"));
        if (state is not null && (state.Length > LongestState || state.Any(char.IsControl))) return (null, Refusals.InvalidRequest.Because("state must be at most 1024 characters without control characters."));
        if (locales is not null && (locales.Length > LongestLocales || locales.Any(char.IsControl))) return (null, Refusals.InvalidRequest.Because("ui_locales must be at most 100 characters."));
        var (ticket, platform, refusal) = await Standing(parameter("token") ?? Remembered(context, parameter("popup")), ct);
        if (ticket is null || platform is null) return (null, refusal);
        (var handOver, refusal) = HandOver.Read(parameter, platform, state);
        return handOver is null ? (null, refusal) : (new Popup(ticket, platform, NullIfEmpty(state), NullIfEmpty(locales), handOver), null);
    }

    /// <summary>A ticket that opens a popup now, and the platform that fetched it.</summary>
    public async Task<(LoginTicket? Ticket, Platform? Platform, Refusal? Refusal)> Standing(string? text, CancellationToken ct)
    {
        if (tickets.Read(text) is not { } read || apiKeys.Live(read.ApiKeyId) is not { Platform.IsOAuthOnly: false } live) return (null, null, Refusals.ApiKeyNotValid);
        return await ceremonies.Find(read.SpendKey, ct) is null ? (read, live.Platform, null) : (null, null, Refusals.TicketSpent);
    }

    /// <summary>Puts the ticket where a reload finds it and no address bar, history or referrer shows it.</summary>
    public void Remember(HttpContext context, Popup popup) => context.Response.Cookies.Append(CookieName(popup.Id), popup.Ticket.Text, new CookieOptions
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = options.IsSecure, Path = "/seamlesslogin", MaxAge = popup.Ticket.ExpiresAt - time.GetUtcNow(), IsEssential = true,
    });

    public static bool HasCookie(HttpContext context, string? ticket) => ticket is not null && context.Request.Cookies.ContainsKey(CookieName(Popup.IdOf(ticket)));

    /// <summary>The ticket a popup's request carries, wherever it lies; null for none.</summary>
    public static string? TicketIn(HttpContext context, RequestFields? fields) =>
        fields?["token"] ?? (context.Request.Query["token"].ToString() is { Length: > 0 } said ? said : Remembered(context, context.Request.Query["popup"]));

    private static string? Remembered(HttpContext context, string? popupId) =>
        popupId is { Length: 16 } && popupId.All(char.IsAsciiHexDigitLower) ? context.Request.Cookies[CookieName(popupId)] : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string CookieName(string popupId) => "gapura-popup-" + popupId;
}
