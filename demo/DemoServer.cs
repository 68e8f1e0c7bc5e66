using System.Net;
using System.Text.Json;

namespace Gapura.Demo;

/// <summary>The sign-in server, running in this process as its own command line starts it.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private static readonly TimeSpan Slowest = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _end = new();
    private readonly StringWriter _complaint = new();
    private readonly DataDirectory _data;
    private readonly string _issuer;
    private readonly TimeSpan _patience;
    private readonly Task<int> _serving;

    private DemoServer(DataDirectory data, string issuer, TimeSpan patience)
    {
        (_data, _issuer, _patience) = (data, issuer, patience);
        _serving = new GapuraCommands(data.Path).ServeAsync(issuer, TextWriter.Synchronized(_complaint), _end.Token);
    }

    public static DemoServer Start(DataDirectory data, string issuer, TimeSpan patience) => new(data, issuer, patience);

    /// <summary>Returns when the server answers, and takes this platform's API key for what the demo says it is.</summary>
    /// <exception cref="DemoTroubleException">The server gave up, or its database is not the one that was seeded.</exception>
    public async Task MustKnowAsync(DemoPlatform platform, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Slowest };
        http.DefaultRequestHeaders.Add("beacukai-api-key", platform.ApiKey);
        using var slowest = CancellationTokenSource.CreateLinkedTokenSource(ct);
        slowest.CancelAfter(Slowest);
        try
        {
            while (!await KnowsAsync(http, platform, slowest.Token))
            {
                await Task.WhenAny(_serving, Task.Delay(TimeSpan.FromMilliseconds(50), slowest.Token));
                if (_serving.IsCompleted)
                    throw await GaveUpAsync();
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DemoTroubleException($"The server did not answer at {_issuer} within {Slowest.TotalSeconds:0} seconds.");
        }
    }

    /// <summary>Returns when the demo is told to end, or the server has ended in peace.</summary>
    /// <exception cref="DemoTroubleException">The server ended by itself.</exception>
    public async Task EndAsync(CancellationToken ct)
    {
        var told = Task.Delay(Timeout.Infinite, ct);
        await Task.WhenAny(_serving, told);
        if (told.IsCompleted)
            return;

        // The server hears the same Ctrl-C, and may have been quicker.
        await Task.WhenAny(told, Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None));
        if (!told.IsCompleted && !(_serving.IsCompletedSuccessfully && await _serving == 0))
            throw await GaveUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAny(_serving, Task.Delay(_patience));
        if (_serving.IsCompleted)
            _end.Dispose();
    }

    private async Task<bool> KnowsAsync(HttpClient http, DemoPlatform platform, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"{_issuer}/V1/NLE/AuthApiKey"), ct);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var body = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
                if (body.GetProperty("data").GetProperty("domain").GetString() == platform.Domain)
                    return true;
            }
        }
        catch (HttpRequestException)
        {
            return false; // does not listen yet
        }

        throw new DemoTroubleException(
            $"The database in {_data.Path} is not the one its seed.json was written for: delete the directory, and the next start makes a new one.");
    }

    private async Task<DemoTroubleException> GaveUpAsync()
    {
        try
        {
            var code = await _serving;
            return new($"The server ended with exit code {code}: {_complaint.ToString().Trim()}");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new($"The server ended: {fault.Message}");
        }
    }
}
