using System.Text.Json.Serialization;
using Gapura.Accounts;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.OpenId.DeviceFlow;

namespace Gapura.OpenId.Ciba;

/// <summary>
/// <c>POST /oauth/bc-authorize</c> (CIBA Core 1.0 section 7): a platform's backend asks for a person's yes on their phone.
/// A user name that fits nobody is answered like one whose owner does not look at the phone: the answer tells no guesser more.
/// </summary>
internal static class BackChannelEndpoint
{
    public static async Task<IResult> Open(HttpContext context, ClientAuthentication clients, Failures failures, HintedPeople people, BackChannelRequests requests, DeviceNotices notices, TimeProvider time, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();

        // 1. authenticate_client, check_grant_type
        var (client, unknown) = await clients.Identify(context, fields, ct);
        if (client is null || !client.IsAuthenticated) return ClientAuthentication.Refuse(context, unknown);
        if (!client.Platform.Client.MayUse(CibaGrant.Urn)) return Refusals.UnauthorizedClient.AsCode();

        // 2. check_request
        var (ask, no) = BackChannelSteps.Read(fields, client.Platform.Client);
        if (ask is null) return no!.AsCode();

        // 3. load_account: an ID token of ours says who; a user name may be anybody's guess
        var platform = client.Platform;
        var (isOurs, accountId) = ask.IdTokenHint is { } shown ? await people.ByIdToken(shown, platform, ct) : (true, await people.ByUsername(ask.LoginHint!, platform, ct));
        if (!isOurs) return Refusals.InvalidRequest.Because("id_token_hint is not an ID token that was given to this client.").AsCode();

        // 4. check_rate: nobody's phone rings for ever, and the same for a person who is none. Each kind of hint by itself:
        // a platform that knows a person by a name of its own must not find out here which user name that is
        var counted = ask.LoginHint is { } hint ? Account.Normalise(hint) : "id " + accountId;
        if (await failures.Count(Throttles.ForPhoneRequest(platform.ClientId, counted), ct) is { } wait) return Wait(context, Refusals.TooManyAttempts, wait);

        // 5. open, tell_phones
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var opened = await requests.Open(new BackChannelRequest
        {
            Id = PublicId.New(time), ClientId = platform.ClientId, AccountId = accountId, Scope = ask.Scope, Context = ask.Context, BindingMessage = ask.BindingMessage,
            OpenedAt = now, ExpiresAt = now + ask.Lifetime, Delivery = ask.Delivery, NotificationToken = ask.NotificationToken,
        }, ct);
        if (opened is not { } secret) return Wait(context, Refusals.TooManyWaiting, TimeSpan.FromSeconds(30));
        if (accountId is not null) notices.Tell(accountId, exceptDeviceId: null);
        return Results.Json(
            new BackChannelAnswer(secret.Reveal(), (int)ask.Lifetime.TotalSeconds, ask.Delivery == Delivery.Push ? null : Polling.Interval), CibaJson.Wire.BackChannelAnswer);
    }

    private static IResult Wait(HttpContext context, Refusal refusal, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0");
        return refusal.AsCode();
    }
}

/// <summary>CIBA Core 1.0 section 7.3; times are seconds.</summary>
internal sealed record BackChannelAnswer(
    [property: JsonPropertyName("auth_req_id")] string RequestId,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("interval")] int? Interval)
{
    public override string ToString() => "***";
}
