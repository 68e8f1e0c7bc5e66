using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gapura.Process.Tests.Kills;

internal enum Asking
{
    NotAsked,

    /// <summary>Sent, and no whole answer came: it may have happened or not.</summary>
    Unknown,

    Answered,
}

internal sealed class QrSignIn(string nonce, Running.Phone phone)
{
    public string Nonce { get; } = nonce;

    public Running.Phone Phone { get; } = phone;

    public string SessionId { get; set; } = "";

    public Asking Approved { get; set; }

    public Asking Claimed { get; set; }
}

internal sealed class PopupSignIn(string ticket, string username)
{
    public string Ticket { get; } = ticket;

    public string Username { get; } = username;

    public Asking Completed { get; set; }
}

/// <summary>Refresh tokens of one grant, each traded for the next.</summary>
internal sealed class Chain(string first)
{
    private readonly Stopwatch _sinceRotation = new();

    public List<string> Tokens { get; } = [first];

    /// <summary>The last token was sent to be traded, and no whole answer came.</summary>
    public bool IsUnknown { get; private set; }

    public TimeSpan SinceRotation => _sinceRotation.Elapsed;

    public void Add(string successor)
    {
        Tokens.Add(successor);
        IsUnknown = false;
        _sinceRotation.Restart();
    }

    /// <summary>The last token is about to be sent.</summary>
    public void Began()
    {
        IsUnknown = true;
        _sinceRotation.Restart();
    }
}

/// <summary>What a server, or a cluster of them, has said, which is what it is held to.</summary>
internal sealed class Promises
{
    public ConcurrentBag<QrSignIn> QrSignIns { get; } = [];

    public ConcurrentBag<PopupSignIn> Popups { get; } = [];

    public ConcurrentBag<Chain> Chains { get; } = [];

    public ConcurrentBag<string> AccessTokens { get; } = [];

    /// <summary>Approved, and the screen that asked another node for two seconds was told that nothing had happened.</summary>
    public ConcurrentBag<QrSignIn> Unheard { get; } = [];

    public override string ToString() =>
        $"{QrSignIns.Count(s => s.Approved == Asking.Answered)} approved, {QrSignIns.Count(s => s.Claimed == Asking.Answered)} claimed, "
        + $"{Chains.Sum(c => c.Tokens.Count - 1)} refreshed, {Popups.Count(p => p.Completed == Asking.Answered)} popups; without an answer "
        + $"{QrSignIns.Count(s => s.Approved == Asking.Unknown)}, {QrSignIns.Count(s => s.Claimed == Asking.Unknown)}, {Chains.Count(c => c.IsUnknown)}, {Popups.Count(p => p.Completed == Asking.Unknown)}";
}
