using System.CommandLine;
using Gapura.Hosting.Commands.Doctor;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura doctor</c>: what is in the way of a healthy installation, each with its mend. It changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Build(TimeProvider time)
    {
        var command = new Command("doctor", "Look over configuration, data, keys, clock and native libraries, and say what mends what is wrong. Exit code 1 when there is a problem.");
        command.SetAction(async (said, ct) =>
        {
            var findings = new List<Finding>();
            Settings? settings = null;
            try
            {
                settings = said.Settings();
            }
            catch (SettingsException e)
            {
                findings.Add(Finding.Problem("configuration", e.Message, "Correct it in gapura.json, in the environment (GAPURA_…) or on the command line."));
            }

            if (settings is not null)
            {
                findings.AddRange(ConfigurationChecks.Run(settings));
                findings.AddRange(DataChecks.Run(settings));
                findings.AddRange(await DatabaseChecks.Run(settings, time, ct));
            }

            findings.AddRange(LibraryChecks.Run());
            Print(said, findings);
            return findings.Any(f => f.State == Health.Problem) ? GapuraCommandLine.Refused : 0;
        });
        return command;
    }

    private static void Print(ParseResult said, List<Finding> findings)
    {
        if (said.GetValue(Everywhere.Json))
        {
            said.Answer().Json(new DoctorShown(
                findings.TrueForAll(f => f.State != Health.Problem),
                [.. findings.Select(f => new FindingShown(f.What, f.State.ToString().ToLowerInvariant(), f.Sentence, f.Mend))]), CommandJson.Plain.DoctorShown);
            return;
        }

        var output = said.InvocationConfiguration.Output;
        var width = findings.Max(f => f.What.Length);
        foreach (var finding in findings)
        {
            output.WriteLine($"{finding.State.ToString().ToLowerInvariant(),-8} {finding.What.PadRight(width)}  {finding.Sentence}");
            if (finding.Mend is not null) output.WriteLine($"{"",-8} {"".PadRight(width)}  → {finding.Mend}");
        }
    }
}

/// <param name="Healthy">No problem; warnings do not count.</param>
internal sealed record DoctorShown(bool Healthy, IReadOnlyList<FindingShown> Checks);

/// <param name="State"><c>ok</c>, <c>warning</c> or <c>problem</c>.</param>
internal sealed record FindingShown(string Check, string State, string Finding, string? Mend);
