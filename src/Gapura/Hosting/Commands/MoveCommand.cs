using System.CommandLine;
using System.Diagnostics;
using Gapura.Storage;
using Gapura.Storage.Carrying;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura move</c></summary>
internal static class MoveCommand
{
    public static Command Build(Terminal terminal, TimeProvider time)
    {
        Option<string?> to = new("--to") { Description = "Where to: PostgreSQL's connection text, or the path of an SQLite file that is not there yet. It must be empty", HelpName = "TEXT" };
        Option<bool> cancel = new("--cancel") { Description = "Take an installation back whose move was begun and not ended" };
        var command = new Command("move", "Carry an installation from SQLite to PostgreSQL, or back, and compare every row. The server must be stopped; interrupted, run it again.") { to, cancel };
        command.Validators.Add(result =>
        {
            if (result.GetValue(to) is null != result.GetValue(cancel)) result.AddError("Say --to TEXT, or --cancel.");
        });
        command.SetAction(async (said, ct) =>
        {
            var settings = said.Settings();
            if (Database.IsFile(settings.Database) && !File.Exists(settings.Database)) throw new RefusedException($"There is no installation at {settings.Database}: say --data DIR.");
            await using var source = Alone(settings.Database);
            try
            {
                if (said.GetValue(cancel)) Print(said, await Carriage.Cancel(source, ct));
                else await Carry(said, terminal, settings, source, said.GetValue(to)!, time, ct);
            }
            catch (CarryingException e)
            {
                throw new RefusedException(e.Message);
            }
        });
        return command;
    }

    private static async Task Carry(ParseResult said, Terminal terminal, Settings settings, Database source, string to, TimeProvider time, CancellationToken ct)
    {
        if (Database.IsFile(to) == !source.IsShared)
            throw new RefusedException(source.IsShared ? "Both are PostgreSQL: its own tools carry a database (pg_dump, pg_restore). Keep master.key." : "Both are SQLite: use `gapura backup` and `gapura restore`.");
        await using var target = Alone(to);
        await SealCheck.Run(source, MasterKeyOf(settings), ct);
        var clock = Stopwatch.StartNew();
        var compared = await new Carriage(source, target, time, terminal.Error.WriteLine).Run(ct);
        var rows = compared.Sum(t => t.Source);
        var shown = new MovedShown(source.Place, target.Place, rows, Math.Round(clock.Elapsed.TotalSeconds, 1), [.. compared.Select(t => new MovedTable(t.Table, t.Source))]);
        var answer = said.Answer();
        if (said.GetValue(Everywhere.Json))
        {
            answer.Json(shown, CommandJson.Plain.MovedShown);
            return;
        }

        answer.Many(shown.Tables, CommandJson.Plain.IReadOnlyListMovedTable, "", ["Table", "Rows on both sides"], t => [t.Table, $"{t.Rows:N0}"]);
        said.InvocationConfiguration.Output.WriteLine($"""
            Moved: {rows:N0} rows, each compared, in {shown.Seconds:N0} s. {source.Place} is closed for good.
            Now name the new database, with the same master key as before ({(settings.MasterKey is null ? Installation.MasterKeyPath(settings) : "the setting MasterKey")}), which every node needs:
              "Database" in gapura.json, GAPURA_DATABASE, or gapura serve --database …
            """);
    }

    // What was sealed under a key that is not here would be of no use there either.
    private static MasterKey MasterKeyOf(Settings settings)
    {
        var path = Installation.MasterKeyPath(settings);
        return settings.MasterKey is null && !File.Exists(path)
            ? throw new RefusedException($"There is no {path}: restore it, or the setting MasterKey, first. The installation is of no use without.")
            : MasterKey.Load(settings.MasterKey, path);
    }

    private static Database Alone(string connection) => Database.IsFile(connection) ? new SqliteDatabase(connection, alone: true) : Database.At(connection);

    private static void Print(ParseResult said, Fence fence) => said.Answer().One(new CancelledShown(fence.Other), CommandJson.Plain.CancelledShown,
        "Taken back: the installation is here as before.", [("Was to be moved to", fence.Other), ("What is there", "a part of a copy: empty that database before the next move")]);
}

/// <param name="Rows">Of all tables, each compared on both sides.</param>
internal sealed record MovedShown(string From, string To, long Rows, double Seconds, IReadOnlyList<MovedTable> Tables);

internal sealed record MovedTable(string Table, long Rows);

/// <param name="To">Where the installation was to be moved.</param>
internal sealed record CancelledShown(string To);
