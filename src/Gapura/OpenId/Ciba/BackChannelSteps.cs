using System.Globalization;
using System.Text.RegularExpressions;
using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId.Ciba;

/// <summary>What a platform asks, checked, before anybody looks whom it means.</summary>
/// <param name="LoginHint">A user name; null when an ID token was shown.</param>
/// <param name="IdTokenHint">An ID token we gave this platform; null when a user name was.</param>
internal sealed record BackChannelAsk(
    string? LoginHint, string? IdTokenHint, IReadOnlyList<string> Scope, IReadOnlyList<string> Context, string? BindingMessage, TimeSpan Lifetime, Delivery Delivery, Secret? NotificationToken);

/// <summary>Reads a request in numbered steps, in the order of CIBA Core 1.0 section 7.1. Pure: parameters in, a request or a refusal out.</summary>
internal static partial class BackChannelSteps
{
    public const int LongestMessage = 64;
    private const int LongestHint = 8_192;
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(600);

    public static (BackChannelAsk? Ask, Refusal? Refusal) Read(RequestFields fields, ClientSettings client)
    {
        // 1. reject_unsupported
        if (fields.Has("request")) return (null, Refusals.RequestNotSupported);
        if (fields.Has("login_hint_token")) return No("login_hint_token is not supported: send login_hint or id_token_hint.");

        // 2. check_scope
        var scope = Scopes.ReadFromAfar(fields["scope"]);
        if (!scope.Contains(Scopes.OpenId)) return No("scope must contain openid.");

        // 3. check_delivery
        if (DeliveryOf(client) is not { } delivery) return No("The registered backchannel_token_delivery_mode must be poll, ping or push; the last two need backchannel_client_notification_endpoint.");
        if (delivery == Delivery.Push && (client.DpopBound == true || client.CertificateBound == true)) return No("Tokens that are bound to a key cannot be pushed: register ping or poll.");
        var token = fields["client_notification_token"];
        if (delivery != Delivery.Poll && (token is not { Length: > 0 and <= 1024 } || !Bearer().IsMatch(token))) return No("client_notification_token must be 1 to 1024 characters of a bearer token (RFC 6750 section 2.1).");

        // 4. check_hint: exactly one
        var (login, idToken) = (fields["login_hint"], fields["id_token_hint"]);
        if (fields.Has("login_hint") == fields.Has("id_token_hint")) return No("Send exactly one of login_hint and id_token_hint.");
        if ((login ?? idToken) is not { Length: > 0 and <= LongestHint }) return No("The hint must be a text of 1 to 8192 characters.");

        // 5. check_binding_message
        if (fields.Has("binding_message") && !IsPlain(fields["binding_message"])) return (null, Refusals.InvalidBindingMessage);

        // 6. check_requested_expiry
        var lifetime = Usual;
        if (fields.Has("requested_expiry"))
        {
            if (!int.TryParse(fields["requested_expiry"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds < 1) return No("requested_expiry must be a positive number of seconds.");
            lifetime = TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
        }

        return (new BackChannelAsk(
            login, idToken, scope, (fields.Text("acr_values", 1, 1_000) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), fields["binding_message"], lifetime, delivery,
            delivery == Delivery.Poll ? null : new Secret(token!)), null);

        static (BackChannelAsk?, Refusal?) No(string sentence) => (null, Refusals.InvalidRequest.Because(sentence));
    }

    /// <returns>Null when what is registered cannot be done.</returns>
    public static Delivery? DeliveryOf(ClientSettings client) => client.BackChannelDelivery switch
    {
        null or "poll" => Delivery.Poll,
        "ping" when client.BackChannelNotificationEndpoint is not null => Delivery.Ping,
        "push" when client.BackChannelNotificationEndpoint is not null => Delivery.Push,
        _ => null,
    };

    // One short line that reads as it is written: nothing invisible, nothing that turns the direction of the text.
    private static bool IsPlain(string? text) =>
        text is { Length: >= 1 and <= LongestMessage } && text.Trim() == text && text.EnumerateRunes().All(rune => System.Text.Rune.GetUnicodeCategory(rune) is not
            (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)) && !text.Contains('\uFFFD', StringComparison.Ordinal);

    [GeneratedRegex("^[A-Za-z0-9._~+/-]+=*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bearer();
}
