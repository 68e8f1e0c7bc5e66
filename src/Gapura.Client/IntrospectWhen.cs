namespace Gapura.Client;

/// <summary>When the server is asked about a token that is good by itself: only that hears of revocations.</summary>
public sealed class IntrospectWhen
{
    private readonly TimeSpan? _olderThan;

    private IntrospectWhen(TimeSpan? olderThan) => _olderThan = olderThan;

    /// <summary>Usual: a revoked token is accepted until it expires (15 minutes), and the server may be away.</summary>
    public static IntrospectWhen Never { get; } = new(null);

    /// <summary>At every request: revocations count at once, and requests are answered 503 while the server is away.</summary>
    public static IntrospectWhen Always { get; } = new(TimeSpan.Zero);

    /// <summary>At requests with a token issued longer ago than <paramref name="age"/>: revocations count after that time at the latest.</summary>
    public static IntrospectWhen OlderThan(TimeSpan age) =>
        age >= TimeSpan.Zero ? new(age) : throw new ArgumentOutOfRangeException(nameof(age), "An age is not negative.");

    // A token from a node whose clock is fast is not younger than nothing.
    internal bool Asks(TimeSpan age) => _olderThan is { } limit && (limit == TimeSpan.Zero || age > limit);

    internal bool MayAsk => _olderThan is not null;
}
