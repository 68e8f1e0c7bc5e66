namespace Gapura.Demo.CustomsApi;

/// <param name="Url">Where this API listens.</param>
/// <param name="Issuer">The sign-in server whose tokens it accepts.</param>
/// <param name="ApiKey">What it identifies itself with when it asks the server about a token.</param>
/// <param name="PartnerOrigin">The one origin whose pages may read its answers.</param>
internal sealed record CustomsSettings(string Url, string Issuer, string ApiKey, string PartnerOrigin);
