using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Gapura.Demo;

/// <summary>JSON files with secrets in them: readable by their owner only, replaced whole or not at all.</summary>
internal static class PrivateFile
{
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var unfinished = path + ".new";
        File.Delete(unfinished); // the mode is set only when the file is created
        using (var file = new FileStream(unfinished, options))
        {
            JsonSerializer.Serialize(file, value, type);
            file.WriteByte((byte)'\n');
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="DemoTroubleException">The file is not what the demo writes.</exception>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            throw new DemoTroubleException($"{path} is damaged: delete its directory, and the next start makes a new one.");
        }
    }
}
