using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>Whom a grant is of.</summary>
internal sealed class GrantHolder
{
    public string AccountId { get; init; } = "";

    public string Username { get; init; } = "";

    /// <summary>15 or 16 digits; null for none.</summary>
    public string? Npwp { get; init; }

    /// <summary>As it is stored: by which door the grant was given.</summary>
    public string Door { get; init; } = "";

    public bool IsOf(Door door) => Door == door.ToString();
}
