using System.Net;

namespace Gapura.Devices;

/// <summary>
/// Sends Web Push without a body (RFC 8030 section 5): it wakes the phone, which asks what happened. One worker; a push
/// service that does not answer costs its own account's notices ten seconds, and no request anything.
/// </summary>
internal sealed partial class DevicePushes(DeviceNotices notices, DevicePushEndpoints endpoints, PushKeys keys, PushOptions options, TimeProvider time, ILogger<DevicePushes> log) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A sign-in that nobody was told of within five minutes is seen in the history.
    private const string SecondsToLive = "300";

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxResponseHeadersLength = 16,
    })
    {
        Timeout = Patience,
    };

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var notice in notices.Waiting.ReadAllAsync(stoppingToken))
        {
            try
            {
                var others = await endpoints.Of(notice.AccountId, notice.ExceptDeviceId, stoppingToken);
                await Task.WhenAll(others.Select(device => Push(device, stoppingToken)));
            }
#pragma warning disable CA1031 // The store may be away for a while; the worker must still be there when it is back.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotTold(e);
            }
#pragma warning restore CA1031
        }
    }

    private async Task Push(DevicePushEndpoint device, CancellationToken ct)
    {
        // The list may have become shorter since the phone asked.
        if (PushHosts.Allowed(device.Endpoint, options.Hosts) is not { } uri) return;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent([]) };
            request.Headers.TryAddWithoutValidation("Authorization", VapidToken.Authorization(keys.Key, uri, options.Subject, time.GetUtcNow()));
            request.Headers.TryAddWithoutValidation("TTL", SecondsToLive);
            request.Headers.TryAddWithoutValidation("Urgency", "high");
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) await endpoints.Forget(device, ct);
            else if (!response.IsSuccessStatusCode) Refused(uri.Host, (int)response.StatusCode);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or TaskCanceledException)
        {
            NotReached(uri.Host, e is HttpRequestException { HttpRequestError: var error } ? error.ToString() : "no answer in time");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The push service {Host} answered {Status}.")]
    private partial void Refused(string host, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The push service {Host} could not be reached: {Why}.")]
    private partial void NotReached(string host, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A notice could not be sent.")]
    private partial void NotTold(Exception e);
}
