using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Gapura.OpenId.Neighbours;
using Microsoft.Extensions.Logging;

namespace Gapura.Tests.OpenId.Neighbours;

/// <summary>An operator who reads the log and counts with the counter.</summary>
internal sealed class OldWaysSeen : ILoggerProvider, ILogger
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string> _counted = new();
    private readonly string _clientId;

    public OldWaysSeen(GapuraServer server, string clientId)
    {
        _clientId = clientId;
        server.Get<ILoggerFactory>().AddProvider(this);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == OldWays.MeterName && instrument.Name == OldWays.CounterName) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, number, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary(t => t.Key, t => t.Value?.ToString(), StringComparer.Ordinal);
            if (all["platform"] == clientId) _counted.Enqueue($"{all["way"]} {number}");
        });
        _listener.Start();
    }

    /// <summary>Lines that name the platform, each behind its level.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    public IReadOnlyList<string> Counted => [.. _counted];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        if (line.Contains(_clientId, StringComparison.Ordinal)) _lines.Enqueue($"{logLevel}: {line}");
    }

    public void Dispose() => _listener.Dispose();
}
