using System.Text.Json.Serialization;

namespace Gapura.Demo.CustomsApi;

/// <param name="Number">Submission number: office, declarant, date, serial.</param>
/// <param name="Type"><c>PIB</c> for an import declaration, <c>PEB</c> for an export declaration.</param>
/// <param name="Date">ISO 8601, <c>yyyy-MM-dd</c>.</param>
/// <param name="Status"><c>submitted</c>, <c>inspection</c> or <c>released</c>.</param>
internal sealed record CustomsDocument(string Number, string Type, string Date, string Status);

/// <summary>What <c>GET /documents</c> answers.</summary>
internal sealed record CustomsAnswer(string? Username, string Npwp, IReadOnlyList<CustomsDocument> Documents);

/// <summary>A stand-in for a customs database: one importer, a few declarations.</summary>
internal static class CustomsDocuments
{
    private static readonly CustomsDocument[] CobaJualan =
    [
        new("040300-018263-20261118-000412", "PIB", "2026-11-18", "inspection"),
        new("040300-018263-20261112-000398", "PIB", "2026-11-12", "released"),
        new("040300-018263-20261105-000127", "PEB", "2026-11-05", "submitted"),
        new("040300-018263-20261021-000371", "PIB", "2026-10-21", "released"),
        new("040300-018263-20260930-000098", "PEB", "2026-09-30", "released"),
    ];

    /// <returns>Empty for anybody else: a tax number without documents is not an error.</returns>
    public static IReadOnlyList<CustomsDocument> Of(string npwp) => npwp == "018263453454543" ? CobaJualan : [];
}

/// <summary>The answer of RFC 7662, section 2.2; when not active nothing else is known.</summary>
internal sealed record Introspection(bool Active, string? Username, string? Npwp);

internal sealed record CustomsError(string Error, [property: JsonPropertyName("error_description")] string Description);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CustomsAnswer))]
[JsonSerializable(typeof(CustomsError))]
[JsonSerializable(typeof(Introspection))]
internal sealed partial class CustomsJson : JsonSerializerContext;
