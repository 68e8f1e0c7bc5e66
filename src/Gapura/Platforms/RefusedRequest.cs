namespace Gapura.Platforms;

/// <summary>How it was known whose request it was: from the strongest to the weakest.</summary>
internal enum RefusedProof
{
    /// <summary>It showed a key of the platform's, live or not, or proved otherwise who it is.</summary>
    Key,

    /// <summary>It showed a login ticket that the platform had fetched: a visitor of its pages.</summary>
    Ticket,

    /// <summary>It said the client id, which anybody can.</summary>
    Named,
}

/// <summary>What the answer did not say, and its platform may know.</summary>
internal enum RefusedWhy
{
    Nothing,
    KeyRevoked,
    KeyExpired,
    KeyMistyped,
    TicketExpired,
    TicketOfDeadKey,
    OriginNotRegistered,
}

/// <summary>A request that was refused, as its platform's developers may see it: no value of it but the client id, and no name of a person.</summary>
internal sealed record RefusedRequest
{
    public required string ClientId { get; init; }

    public required RefusedProof Proof { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>How often the same came within the second.</summary>
    public int Times { get; init; } = 1;

    public required string Method { get; init; }

    /// <summary>As the route is written; of a path that is none, only the segments that are words of ours. At most 100 characters.</summary>
    public required string Path { get; init; }

    public required int Status { get; init; }

    /// <summary>One of <see cref="Kernel.Refusals"/>.</summary>
    public required string Code { get; init; }

    /// <summary>As it was answered, in English.</summary>
    public required string Sentence { get; init; }

    public RefusedWhy Why { get; init; }

    /// <summary>Names of parameters that came, never values (<see cref="ParameterNames"/>).</summary>
    public required string Parameters { get; init; }

    /// <summary>Whose page it was, where a browser said so.</summary>
    public string? Origin { get; init; }

    /// <summary>What the log knows it by.</summary>
    public required string Trace { get; init; }

    /// <summary>Everything but when and how often: two with the same are one, told twice.</summary>
    public RefusedRequest Same => this with { At = default, Times = 0, Trace = "" };
}
