using System.Diagnostics;
using System.Text.Json;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Load;

/// <summary>A screen that waits for events, and remembers what it was told and when.</summary>
internal sealed class Stream : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _left = new();
    private readonly List<(long At, JsonElement State)> _told = [];
    private readonly Task _listening;

    public Stream(string address, string nonce) => _listening = Listen(new Uri($"{address}/v1/qrAuth/events?clientId={Installed.ClientId}&nonce={nonce}"));

    /// <summary>Waits until it was told a state.</summary>
    /// <returns>What was said with it, and when.</returns>
    public async Task<(long At, JsonElement State)> Hear(string state)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(5); await Task.Delay(5))
        {
            lock (_told)
            {
                if (_told.Find(t => t.State.GetProperty("state").GetString() == state) is { At: > 0 } told) return told;
            }
        }

        throw new InvalidOperationException($"A waiting screen did not hear within 5 s that its sign-in is {state}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _listening;
        _http.Dispose();
        _left.Dispose();
    }

    // As a browser does: a stream that ends is asked for again, a moment later.
    private async Task Listen(Uri address)
    {
        while (!_left.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept", "text/event-stream" } } };
                using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _left.Token);
                using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(_left.Token));
                while (await lines.ReadLineAsync(_left.Token) is { } line)
                {
                    if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                    lock (_told) _told.Add((Stopwatch.GetTimestamp(), JsonDocument.Parse(line["data: ".Length..]).RootElement));
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                await Task.Delay(200, CancellationToken.None);
            }
        }
    }
}
