using System.CommandLine;

namespace Gapura.Hosting.Commands;

/// <summary>Options every command takes, before or after its name.</summary>
internal static class Everywhere
{
    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "The data directory: database, master key, gapura.json. Usual: GAPURA_DATA, or ./data", HelpName = "DIR", Recursive = true,
    };

    public static Option<string?> Database { get; } = new("--database")
    {
        Description = "PostgreSQL's connection text, or the path of the SQLite file. Usual: GAPURA_DATABASE, or gapura.db in the data directory", HelpName = "TEXT", Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON value instead of lines and tables", Recursive = true };

    public static Settings Settings(this ParseResult said, params IEnumerable<KeyValuePair<string, string?>> more) =>
        Hosting.Settings.Read(said.GetValue(Data), more.Prepend(new("Database", said.GetValue(Database))));

    public static Answer Answer(this ParseResult said) => new(said.InvocationConfiguration.Output, said.GetValue(Json));
}
