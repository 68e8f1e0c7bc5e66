using System.CommandLine;
using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.Hosting.Commands;

/// <param name="Proof"><c>key</c>, <c>ticket</c> or <c>named</c>: how it was known whose request it was.</param>
/// <param name="Why">What the answer kept to itself, such as <c>keyRevoked</c>; null for nothing.</param>
/// <param name="Parameters">Names, never values.</param>
internal sealed record RefusedShown(
    DateTimeOffset At, int Times, string Proof, string Method, string Path, int Status, string Code, string Sentence, string? Why, string? Parameter, string Parameters, string? Origin, string? Mend, string Trace)
{
    public static RefusedShown Of(RefusedRequest r) => new(
        r.At, r.Times, Camel(r.Proof.ToString()), r.Method, r.Path, r.Status, r.Code, r.Sentence, r.Why == RefusedWhy.Nothing ? null : Camel(r.Why.ToString()), ParameterNames.In(r.Sentence), r.Parameters, r.Origin,
        Refusals.All.FirstOrDefault(known => known.Code == r.Code)?.Mend, r.Trace);

    private static string Camel(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}

/// <summary><c>gapura platform refusals</c></summary>
internal static class RefusalsCommand
{
    public static Command Build(TimeProvider time)
    {
        var command = new Command("refusals", "What a platform was refused in the last day, the newest first: when, what, why. Its developers see the same at /developers/refusals.");
        var subject = new Subject(command, "CLIENT-ID", "--client-id", "Which platform");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var platform = await PlatformCommands.Find(here, subject.Of(said), ct);
            RefusedShown[] all = [.. (await here.Get<RefusedRequests>().Of(platform.ClientId, ct)).Select(RefusedShown.Of)];
            said.Answer().Many(all, CommandJson.Plain.IReadOnlyListRefusedShown, "Nothing was refused in the last day.",
                ["At", "Times", "Known by", "Request", "Status", "Code", "Why", "Came with", "Origin"],
                r => [r.At.UtcDateTime.ToString("HH:mm:ss'Z'"), r.Times.ToString(), r.Proof, $"{r.Method} {r.Path}", r.Status.ToString(), r.Code, r.Why is null ? r.Sentence : $"{r.Why}: {r.Sentence}", r.Parameters, r.Origin]);
        });
        return command;
    }
}
