using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Gapura.Hosting.Commands;

/// <summary>How a command answers: lines and tables for a person, with <c>--json</c> one value for a program.</summary>
internal sealed class Answer(TextWriter output, bool asJson)
{
    /// <param name="facts">Name and value; null values are left out.</param>
    public void One<T>(T value, JsonTypeInfo<T> type, string heading, IReadOnlyList<(string Name, string? Value)> facts)
    {
        if (asJson)
        {
            Json(value, type);
            return;
        }

        Lines(output, heading, facts);
    }

    public static void Lines(TextWriter output, string heading, IReadOnlyList<(string Name, string? Value)> facts)
    {
        output.WriteLine(heading);
        var width = facts.Max(f => f.Name.Length);
        foreach (var (name, fact) in facts.Where(f => f.Value is not null)) output.WriteLine($"  {name.PadRight(width)}  {fact}");
    }

    /// <param name="nothing">The sentence for a list without rows.</param>
    public void Many<T>(IReadOnlyList<T> values, JsonTypeInfo<IReadOnlyList<T>> type, string nothing, IReadOnlyList<string> columns, Func<T, IReadOnlyList<string?>> row)
    {
        if (asJson) Json(values, type);
        else if (values.Count == 0) output.WriteLine(nothing);
        else Table.Write(output, columns, values.Select(row));
    }

    public void Json<T>(T value, JsonTypeInfo<T> type) => output.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>An instant for a person, UTC, to the minute.</summary>
    public static string? Minute(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'");
}
