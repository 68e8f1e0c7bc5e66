using System.CommandLine;
using Gapura.Tokens;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura signing-key …</c></summary>
internal static class SigningKeyCommands
{
    public static Command Build(TimeProvider time) => new("signing-key", "Keys that sign access tokens and ID tokens. The server changes them by itself every 90 days.") { List(time), Rotate(time) };

    private static Command List(TimeProvider time)
    {
        var command = new Command("list", "All signing keys, and what each is doing. Private keys are never shown.");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            Print(said, await All(here.Get<SigningKeys>(), ct));
        });
        return command;
    }

    private static Command Rotate(TimeProvider time)
    {
        Option<bool> atOnce = new("--at-once") { Description = "Sign with it now, without publishing it first: for a key that is feared lost. APIs that keep the key set may refuse tokens for some minutes" };
        Option<string?> only = new("--algorithm") { Description = "Only this one; both unless it is given. Access tokens are signed with ES256, ID tokens with RS256 unless their client asked for ES256", HelpName = "ALG" };
        only.AcceptOnlyFromAmong([.. SigningAlgorithm.All.Select(a => a.Name)]);
        var command = new Command("rotate", "Make a new signing key of each algorithm. It is published now and signs twenty minutes later, when every API has seen it.") { atOnce, only };
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var keys = here.Get<SigningKeys>();
            List<SigningKeyShown> made = [];
            foreach (var algorithm in SigningAlgorithm.All.Where(a => said.GetValue(only) is not { } name || name == a.Name))
            {
                // Of an installation that never ran, the first key: nobody holds an older one.
                var first = (await keys.List(algorithm, ct)).Count == 0;
                var number = await keys.Rotate(algorithm, said.GetValue(atOnce) || first, ct);
                made.Add(SigningKeyShown.Of((await keys.List(algorithm, ct)).First(k => k.Key.Number == number)));
            }

            Print(said, made);
        });
        return command;
    }

    private static async Task<IReadOnlyList<SigningKeyShown>> All(SigningKeys keys, CancellationToken ct)
    {
        List<SigningKeyShown> all = [];
        foreach (var algorithm in SigningAlgorithm.All) all.AddRange((await keys.List(algorithm, ct)).Select(SigningKeyShown.Of));
        return all;
    }

    private static void Print(ParseResult said, IReadOnlyList<SigningKeyShown> keys) =>
        said.Answer().Many(keys, CommandJson.Plain.IReadOnlyListSigningKeyShown, "No signing key yet: the server makes them when it starts.",
            ["Key id (kid)", "Algorithm", "State", "Made", "Signs from"], k => [k.Id, k.Algorithm, k.State, Answer.Minute(k.CreatedAt), Answer.Minute(k.UsedFrom)]);
}

/// <param name="Id">RFC 7638 thumbprint: <c>kid</c> of tokens and of the key set.</param>
/// <param name="Algorithm"><c>ES256</c> or <c>RS256</c>.</param>
/// <param name="State"><c>published</c>, <c>signing</c>, <c>verifying</c> or <c>retired</c>.</param>
internal sealed record SigningKeyShown(string Id, string Algorithm, string State, DateTimeOffset CreatedAt, DateTimeOffset UsedFrom)
{
    public static SigningKeyShown Of((Storage.SealedKey Key, SigningKey Made, SigningKeyState State) k) =>
        new(k.Made.Id, k.Made.Algorithm.Name, k.State.ToString().ToLowerInvariant(), k.Key.CreatedAt, k.Key.UsedFrom);
}
