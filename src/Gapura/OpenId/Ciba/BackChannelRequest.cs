using Gapura.Kernel;

namespace Gapura.OpenId.Ciba;

/// <summary>A platform asks a person's phone (CIBA Core 1.0 section 7.1).</summary>
internal sealed record BackChannelRequest
{
    /// <summary>What the phone calls it: no secret, unlike the <c>auth_req_id</c> the platform asks with.</summary>
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Whose phones are asked. Null for a hint that fits nobody: nobody is asked then, and the platform is told no more than that time ran out.</summary>
    public required string? AccountId { get; init; }

    /// <summary>What is asked for, word by word; <c>openid</c> is among them.</summary>
    public required IReadOnlyList<string> Scope { get; init; }

    /// <summary><c>acr_values</c>, word by word.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>What the person compares with what the platform shows or says; null for nothing.</summary>
    public string? BindingMessage { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required Delivery Delivery { get; init; }

    /// <summary>What we show when we call the platform; null where it asks by itself.</summary>
    public Secret? NotificationToken { get; init; }
}

/// <summary>How a platform hears of the decision (section 5): it asks, it is told to ask, it is sent the tokens.</summary>
internal enum Delivery
{
    Poll,
    Ping,
    Push,
}
