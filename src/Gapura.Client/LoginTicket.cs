namespace Gapura.Client;

/// <summary>What opens one popup: good for 30 minutes, spent by the sign-in it completes.</summary>
public sealed record LoginTicket
{
    /// <summary>66 hex digits, for the page: <c>/seamlesslogin/?token=…</c>.</summary>
    public required string Token { get; init; }

    /// <summary>Your platform's name as people see it.</summary>
    public required string Platform { get; init; }

    /// <summary>The company behind it.</summary>
    public required string Company { get; init; }

    /// <summary>The one origin the popup answers to.</summary>
    public required string Domain { get; init; }

    /// <summary><c>***</c>: a ticket does not belong into logs.</summary>
    public override string ToString() => "LoginTicket ***";
}
