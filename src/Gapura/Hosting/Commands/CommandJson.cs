using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.Hosting.Commands;

/// <summary>What <c>--json</c> prints: camelCase, times in ISO 8601 and UTC, absent things as null.</summary>
[JsonSerializable(typeof(PlatformShown))]
[JsonSerializable(typeof(IReadOnlyList<PlatformShown>))]
[JsonSerializable(typeof(Sandboxes.SandboxShown))]
[JsonSerializable(typeof(Sandboxes.PromotedShown))]
[JsonSerializable(typeof(IReadOnlyList<RefusedShown>))]
[JsonSerializable(typeof(ApiKeyIssued))]
[JsonSerializable(typeof(ApiKeyShown))]
[JsonSerializable(typeof(IReadOnlyList<ApiKeyShown>))]
[JsonSerializable(typeof(RegistrationTokenIssued))]
[JsonSerializable(typeof(RegistrationTokenShown))]
[JsonSerializable(typeof(IReadOnlyList<RegistrationTokenShown>))]
[JsonSerializable(typeof(AccountShown))]
[JsonSerializable(typeof(IReadOnlyList<AccountShown>))]
[JsonSerializable(typeof(DeviceShown))]
[JsonSerializable(typeof(IReadOnlyList<DeviceShown>))]
[JsonSerializable(typeof(AuditShown))]
[JsonSerializable(typeof(IReadOnlyList<AuditShown>))]
[JsonSerializable(typeof(AuditVerdictShown))]
[JsonSerializable(typeof(IReadOnlyList<SigningKeyShown>))]
[JsonSerializable(typeof(DoctorShown))]
[JsonSerializable(typeof(VerdictShown))]
[JsonSerializable(typeof(Phone.EnrolledShown))]
[JsonSerializable(typeof(Backups.BackupShown))]
[JsonSerializable(typeof(Backups.RestoredShown))]
[JsonSerializable(typeof(MovedShown))]
[JsonSerializable(typeof(IReadOnlyList<MovedTable>))]
[JsonSerializable(typeof(CancelledShown))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    /// <summary>A terminal is no HTML page: names print as they are.</summary>
    public static CommandJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new UtcInstant() }, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary><c>2026-01-31T23:59:59.999Z</c></summary>
internal sealed class UtcInstant : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
}
