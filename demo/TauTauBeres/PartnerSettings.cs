namespace Gapura.Demo.TauTauBeres;

/// <summary>All that a partner knows of the sign-in server.</summary>
/// <param name="Url">The partner's own origin, as registered.</param>
/// <param name="Issuer">The sign-in server's origin.</param>
/// <param name="ClientId">The name the server knows this partner by.</param>
/// <param name="ApiKey">Stays in this backend; no page ever sees it.</param>
/// <param name="CustomsUrl">The customs API's address for documents.</param>
internal sealed record PartnerSettings(string Url, string Issuer, string ClientId, string ApiKey, string CustomsUrl);
