using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.Storage.Backups;

/// <summary><c>manifest.json</c> of a backup: what it is of, and what its files must be.</summary>
internal sealed record BackupManifest
{
    public const string FileName = "manifest.json";
    public const string DatabaseFile = "gapura.db";
    public const string MasterKeyFile = "master.key";

    /// <summary>The form described here. A program refuses what it does not know.</summary>
    public const int KnownFormat = 1;

    public required int Format { get; init; }

    /// <summary>The instant the copy shows, or a little before: whatever was answered by then is in it.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The version of the program that made it.</summary>
    public required string Program { get; init; }

    /// <summary><c>file</c>: it lies beside the database. <c>setting</c>: the setting MasterKey held it, and it is not in the backup.</summary>
    public required string MasterKey { get; init; }

    /// <summary>Nobody else had the database open when the copy was begun.</summary>
    public required bool Quiet { get; init; }

    public required IReadOnlyList<MigrationShown> Migrations { get; init; }

    /// <summary>Rows of every table.</summary>
    public required IReadOnlyDictionary<string, long> Tables { get; init; }

    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <exception cref="BackupException">There is none, or it cannot be read, or a newer program made it.</exception>
    public static BackupManifest Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) throw new BackupException($"{directory} is no backup: there is no {FileName} in it.");
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllText(path), BackupJson.Default.BackupManifest);
            return manifest is { Format: KnownFormat } ? manifest
                : throw new BackupException($"{path} is of a form that this program does not know: restore it with the version that made it, or a newer one.");
        }
        catch (JsonException e)
        {
            throw new BackupException($"{path} is damaged: {e.Message.TrimEnd('.')}. Take another backup.");
        }
    }

    public void Write(Stream stream) => JsonSerializer.Serialize(stream, this, BackupJson.Default.BackupManifest);
}

/// <param name="Hash">SHA-256 of its text, hex.</param>
internal sealed record MigrationShown(long Number, string Name, string Hash);

/// <param name="Sha256">Hex.</param>
internal sealed record BackupFile(string Name, long Bytes, string Sha256);

[JsonSerializable(typeof(BackupManifest))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class BackupJson : JsonSerializerContext;

/// <summary>A backup that cannot be made or used; the message says why and what mends it.</summary>
internal sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
