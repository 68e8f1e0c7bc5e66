using System.Net;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Tokens;

namespace Gapura.OpenId.Logout;

/// <summary>
/// Tells platforms that sessions are over (OpenID Connect Back-Channel Logout 1.0 section 2.5). Each token is made as it is
/// sent, so that it is fresh however long the platform was away. A platform may hear twice when a node dies in between.
/// </summary>
internal sealed partial class LogoutSender(LogoutNotices notices, PlatformRegister platforms, Mint mint, Subjects subjects, TokenOptions options, TimeProvider time, ILogger<LogoutSender> log) : BackgroundService
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Longer than one try lasts: whoever has picked a notice up is done with it, or dead.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(OutgoingCalls.Handler(options.Issuer)) { Timeout = Patience, MaxResponseContentBufferSize = 64 * 1024 };

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await notices.Claim(MostAtOnce, Lease, stoppingToken) is { Count: > 0 } due) await Task.WhenAll(due.Select(notice => Tell(notice, stoppingToken)));
            }
#pragma warning disable CA1031 // The store may be away for a while; the sender must still be there when it is back.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                StoreNotReached(e);
            }
#pragma warning restore CA1031

            await notices.Woken(Look, stoppingToken);
        }
    }

    private async Task Tell(LogoutNotice notice, CancellationToken ct)
    {
        var (told, why) = await Send(notice, ct);
        if (told) await notices.Done(notice, ct);
        else if (LogoutPatience.Next(notice.Tries, time.GetUtcNow() - notice.EndedAt) is { } wait) await notices.Later(notice, wait, ct);
        else await GiveUp(notice, why, ct);
    }

    /// <returns>Whether there is nothing more to say; else why not yet.</returns>
    private async Task<(bool Told, string Why)> Send(LogoutNotice notice, CancellationToken ct)
    {
        if (platforms.Active(notice.ClientId) is not { Client: { BackChannelLogoutUri: { } address } client } platform) return (false, "it is disabled or has no backchannel_logout_uri");
        if (OutgoingCalls.Allowed(address, options.Issuer) is not { } uri) return (false, "its backchannel_logout_uri is not one that is called");
        var token = mint.LogoutToken(new LogoutToken
        {
            Id = PublicId.New(time), Subject = subjects.Of(notice.AccountId, platform), ClientId = notice.ClientId, SessionId = subjects.SessionOf(notice.SessionId, notice.ClientId), IssuedAt = time.GetUtcNow(),
        }, client.SignedAnswers);
        try
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("logout_token", token.Reveal())]);
            using var answer = await _http.PostAsync(uri, form, ct);
            if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent) return (true, "");

            // It has read the token and says no: said again, it would be the same.
            if (answer.StatusCode == HttpStatusCode.BadRequest) Refused(notice.ClientId);
            else NotHeard(notice.ClientId, (int)answer.StatusCode);
            return (answer.StatusCode == HttpStatusCode.BadRequest, $"it answers {(int)answer.StatusCode}");
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or TaskCanceledException)
        {
            var why = e is HttpRequestException { HttpRequestError: var error } ? error.ToString() : "no answer in time";
            NotReached(notice.ClientId, why);
            return (false, why);
        }
    }

    private async Task GiveUp(LogoutNotice notice, string why, CancellationToken ct)
    {
        GivenUp(notice.ClientId, notice.Tries, why);
        await notices.Done(notice, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The platform {ClientId} refused a logout token; it is not sent again.")]
    private partial void Refused(string clientId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The platform {ClientId} answered a logout token with {Status}; it is sent again later.")]
    private partial void NotHeard(string clientId, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The platform {ClientId} could not be reached with a logout token: {Why}; it is sent again later.")]
    private partial void NotReached(string clientId, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The platform {ClientId} was not told of a sign-out in {Tries} tries and will not be: {Why}.")]
    private partial void GivenUp(string clientId, int tries, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-outs that platforms must hear of could not be looked at; trying again.")]
    private partial void StoreNotReached(Exception e);
}
