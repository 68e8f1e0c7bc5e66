using System.Net;
using System.Net.Http.Headers;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Ciba;

/// <summary>Calls platforms that wait for a decision (CIBA Core 1.0 sections 10.2 and 10.3). A platform may hear twice when a node dies in between; it hears the same.</summary>
internal sealed partial class BackChannelSender(BackChannelCalls calls, PlatformRegister platforms, TokenOptions options, ILogger<BackChannelSender> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly HttpClient _http = new(OutgoingCalls.Handler(options.Issuer)) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 64 * 1024 };

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
                while (await calls.Next(stoppingToken) is { } call) await Send(call, stoppingToken);
            }
#pragma warning disable CA1031 // The store may be away for a while; the sender must still be there when it is back.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                StoreNotReached(e);
            }
#pragma warning restore CA1031

            await calls.Due(Look, stoppingToken);
        }
    }

    private async Task Send(BackChannelCall call, CancellationToken ct)
    {
        if (platforms.Active(call.ClientId)?.Client.BackChannelNotificationEndpoint is not { } address || OutgoingCalls.Allowed(address, options.Issuer) is not { } uri)
        {
            NotAllowed(call.ClientId);
            await calls.Done(call, ct);
            return;
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(call.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", call.Token.Reveal());
            using var answer = await _http.SendAsync(request, ct);
            if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent) await calls.Done(call, ct);
            else NotHeard(call.ClientId, (int)answer.StatusCode, call.Tries);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or TaskCanceledException)
        {
            NotReached(call.ClientId, e is HttpRequestException { HttpRequestError: var error } ? error.ToString() : "no answer in time", call.Tries);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The platform {ClientId} is disabled or its backchannel_client_notification_endpoint may not be called; it is not told of a decision.")]
    private partial void NotAllowed(string clientId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The platform {ClientId} answered {Status} when it was told of a decision, at try {Tries} of 7.")]
    private partial void NotHeard(string clientId, int status, long tries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The platform {ClientId} could not be reached to be told of a decision: {Why}, at try {Tries} of 7.")]
    private partial void NotReached(string clientId, string why, long tries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Decisions that platforms wait for could not be looked at; trying again.")]
    private partial void StoreNotReached(Exception e);
}
