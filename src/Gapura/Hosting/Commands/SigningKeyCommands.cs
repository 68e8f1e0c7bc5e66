using System.CommandLine;
using Gapura.Tokens;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura signing-key …</c></summary>
internal static class SigningKeyCommands
{
    public static Command Build(TimeProvider time) => new("signing-key", "Keys that sign access tokens. The server changes them by itself every 90 days.") { List(time), Rotate(time) };

    private static Command List(TimeProvider time)
    {
        var command = new Command("list", "All signing keys, and what each is doing. Private keys are never shown.");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            SigningKeyShown[] all = [.. (await here.Get<SigningKeys>().List(ct)).Select(SigningKeyShown.Of)];
            said.Answer().Many(all, CommandJson.Plain.IReadOnlyListSigningKeyShown, "No signing key yet: the server makes one when it starts.",
                ["Key id (kid)", "State", "Made", "Signs from"], k => [k.Id, k.State, Answer.Minute(k.CreatedAt), Answer.Minute(k.UsedFrom)]);
        });
        return command;
    }

    private static Command Rotate(TimeProvider time)
    {
        Option<bool> atOnce = new("--at-once") { Description = "Sign with it now, without publishing it first: for a key that is feared lost. APIs that keep the key set may refuse tokens for some minutes" };
        var command = new Command("rotate", "Make a new signing key. It is published now and signs ten minutes later, when every API has seen it.") { atOnce };
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var keys = here.Get<SigningKeys>();

            // Of an installation that never ran, the first key: nobody holds an older one.
            var first = (await keys.List(ct)).Count == 0;
            var number = await keys.Rotate(said.GetValue(atOnce) || first, ct);
            var made = (await keys.List(ct)).First(k => k.Key.Number == number);
            var shown = SigningKeyShown.Of(made);
            said.Answer().One(shown, CommandJson.Plain.SigningKeyShown, "Signing key made.",
                [("Key id", shown.Id), ("State", shown.State), ("Signs from", Answer.Minute(shown.UsedFrom))]);
        });
        return command;
    }
}

/// <param name="Id">RFC 7638 thumbprint: <c>kid</c> of tokens and of the key set.</param>
/// <param name="State"><c>published</c>, <c>signing</c>, <c>verifying</c> or <c>retired</c>.</param>
internal sealed record SigningKeyShown(string Id, string State, DateTimeOffset CreatedAt, DateTimeOffset UsedFrom)
{
    public static SigningKeyShown Of((Storage.SealedKey Key, SigningKey Made, SigningKeyState State) k) =>
        new(k.Made.Id, k.State.ToString().ToLowerInvariant(), k.Key.CreatedAt, k.Key.UsedFrom);
}
