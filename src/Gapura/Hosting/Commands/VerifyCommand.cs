using System.CommandLine;
using System.Text;
using Gapura.Hosting.Commands.Verify;
using Gapura.Protocol.Signatures;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura verify</c>: what a partner debugs a signer with. It needs no installation and touches none.</summary>
internal static class VerifyCommand
{
    public static Command Build(Terminal terminal)
    {
        Option<string?> publicKey = new("--public-key") { Description = "130 hex characters beginning 04", HelpName = "HEX" };
        Option<string?> signature = new("--signature") { Description = "DER in hex", HelpName = "HEX" };
        Option<string?> sessionId = new("--session-id") { Description = "The text that was signed", HelpName = "TEXT" };
        Option<string?> messageHex = new("--message-hex") { Description = "Or the bytes that were signed, in hex", HelpName = "HEX" };
        Option<bool> stdin = new("--stdin") { Description = "Read lines of {\"publicKey\",\"signature\",\"messageHex\"} and print valid or invalid for each" };
        var command = new Command("verify", "Check a signature as the server does: ECDSA on secp256k1 over SHA-256. Exit code 0 when it is valid, 1 when not.")
        {
            publicKey, signature, sessionId, messageHex, stdin,
        };
        command.Validators.Add(result =>
        {
            var one = (string?[])[result.GetValue(publicKey), result.GetValue(signature), result.GetValue(sessionId) ?? result.GetValue(messageHex)];
            if (result.GetValue(stdin) && one.Any(o => o is not null)) result.AddError("Say --stdin alone: the lines carry the rest.");
            else if (!result.GetValue(stdin) && one.Any(o => o is null)) result.AddError("Say --public-key, --signature and one of --session-id and --message-hex, or --stdin.");
            else if (result.GetValue(sessionId) is not null && result.GetValue(messageHex) is not null) result.AddError("Say --session-id or --message-hex, not both.");
        });
        command.SetAction(async (said, ct) =>
        {
            var choice = SignatureVerifiers.Best();
            if (said.GetValue(stdin)) return await Lines(said, terminal, choice.Verifier, ct);
            var verdict = Verdict.Of(choice.Verifier, said.GetValue(publicKey), said.GetValue(signature), Message(said.GetValue(sessionId), said.GetValue(messageHex)));
            if (said.GetValue(Everywhere.Json)) Json(said, verdict, choice.Verifier);
            else terminal.Output.WriteLine(verdict.Valid ? $"valid: the key made this signature (checked by {choice.Verifier.Name})." : $"invalid: {verdict.Reason}");
            return verdict.Valid ? 0 : GapuraCommandLine.Refused;
        });
        return command;
    }

    // One answer a line, at once: the other side may be waiting for it before it writes the next.
    private static async Task<int> Lines(ParseResult said, Terminal terminal, ISignatureVerifier verifier, CancellationToken ct)
    {
        while (await terminal.ReadLine(ct) is { } line)
        {
            var verdict = SignedLine.TryRead(line) is { } signed
                ? Verdict.Of(verifier, signed.PublicKey, signed.Signature, signed.Message)
                : Verdict.No(VerdictFault.Line, "the line is not a JSON object of the strings publicKey, signature and messageHex (or sessionId).");
            if (said.GetValue(Everywhere.Json)) Json(said, verdict, verifier);
            else await terminal.Output.WriteLineAsync(verdict.Valid ? "valid" : "invalid");
            await terminal.Output.FlushAsync(ct);
        }

        return 0;
    }

    private static void Json(ParseResult said, Verdict verdict, ISignatureVerifier verifier) =>
        said.Answer().Json(new VerdictShown(verdict.Valid, verdict.Fault?.Code, verdict.Reason, verifier.Name), CommandJson.Plain.VerdictShown);

    /// <returns>Null when the hex is none.</returns>
    private static byte[]? Message(string? sessionId, string? messageHex) =>
        sessionId is not null ? Encoding.UTF8.GetBytes(sessionId) : SignedLine.Bytes(messageHex!);
}

/// <param name="Fault">Null, <c>line</c>, <c>message</c>, <c>public_key</c>, <c>signature_form</c> or <c>signature</c>.</param>
internal sealed record VerdictShown(bool Valid, string? Fault, string? Reason, string Verifier);
