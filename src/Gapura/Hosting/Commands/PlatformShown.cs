using System.Text.Json;
using Gapura.Platforms;

namespace Gapura.Hosting.Commands;

/// <param name="Client">What it registered for OAuth 2.0 and OpenID Connect, under the standard's names; never what manages the registration.</param>
internal sealed record PlatformShown(
    string ClientId, string NamaPlatform, string NamaPerusahaan, string? Deskripsi, string Domain, IReadOnlyList<string> Origins,
    IReadOnlyList<string> RedirectUris, bool ResourceApi, string PhonePolicy, bool OauthOnly, bool Sandbox, JsonElement Client, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt)
{
    public static PlatformShown Of(Platform p) => new(
        p.ClientId, p.Name, p.Company, p.Description, p.Domain.Text, [.. p.Origins.Select(o => o.Text)], p.RedirectUris, p.IsResourceApi, PlatformPolicies.Name(p.PhonePolicy), p.IsOAuthOnly, p.IsSandbox,
        JsonSerializer.SerializeToElement(p.Client with { RegistrationTokenHash = null }, ClientSettingsJson.Default.ClientSettings), p.CreatedAt, p.DisabledAt);
}
