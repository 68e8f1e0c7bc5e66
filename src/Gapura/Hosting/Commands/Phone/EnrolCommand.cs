using System.CommandLine;
using Gapura.Protocol.Signatures;

namespace Gapura.Hosting.Commands.Phone;

/// <summary><c>gapura phone enrol</c>: makes a key, signs its owner in, and has the key enrolled with a proof that it is held.</summary>
internal static class EnrolCommand
{
    public static Command Build(Terminal terminal)
    {
        Option<string> server = new("--server") { Description = "The server's address", HelpName = "URL", DefaultValueFactory = _ => "http://localhost:5080" };
        Option<string> username = new("--username", "--account") { Description = "User name of its owner", HelpName = "USERNAME", Required = true };
        Option<string?> password = new("--password") { Description = "Their password; other users of this machine may see it in the process list", HelpName = "PASSWORD" };
        Option<bool> piped = new("--password-stdin") { Description = "Read the password as one line of standard input" };
        Option<string> name = new("--name") { Description = "What its owner will call it", HelpName = "NAME", DefaultValueFactory = _ => "Developer's phone" };
        var key = PhoneOptions.Key();
        Option<bool> force = new("--force") { Description = "Replace the key file that is there" };
        var command = new Command("enrol", "Make a phone for yourself and enrol it. The private key is written to a file in the clear, for you alone to read.")
        {
            server, username, password, piped, name, key, force,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(password) is not null && result.GetValue(piped)) result.AddError("Say --password or --password-stdin, not both.");
        });
        command.SetAction(async (said, ct) =>
        {
            var origin = PhoneOptions.Origin(said.GetRequiredValue(server));
            var owner = Given.Username(said.GetRequiredValue(username));
            var called = Given.Line("The name", said.GetRequiredValue(name), 64);
            using var place = NewKeyFile.Open(Path.GetFullPath(said.GetValue(key) ?? KeyFile.UsualPath()), said.GetValue(force));
            var secret = said.GetValue(password) ?? (said.GetValue(piped) ? await terminal.ReadLine(ct) ?? "" : await terminal.ReadSecret("Password", ct));

            using var signer = DeviceSigner.New();
            var device = await Enrol(origin, owner, secret, called, signer, ct);
            place.Keep(new KeyFile(origin, owner, device, signer.PublicKey, signer.RevealPrivateKey()));
            Print(said, new EnrolledShown(device, origin, owner, called, signer.PublicKey, place.Path));
        });
        return command;
    }

    /// <returns>The device's id.</returns>
    private static async Task<string> Enrol(string origin, string owner, string password, string name, DeviceSigner signer, CancellationToken ct)
    {
        using var server = new PhoneServer(origin);
        await server.Post("/v1/phone/sign-in", new() { ["username"] = owner, ["password"] = password }, ct);
        var asked = await server.Post("/v1/devices/challenge", [], ct);
        var challenge = Wire.Text(asked, "challenge");

        // Only what is meant for enrolment: the server must not get anything else signed under its name.
        if (challenge?.Split(':')[0].EndsWith(".enrol", StringComparison.Ordinal) != true) throw new RefusedException($"{origin} sent no challenge for an enrolment; nothing was signed.");
        var device = await server.Post("/v1/devices", new()
        {
            ["name"] = name, ["publicKey"] = signer.PublicKey, ["challenge"] = challenge, ["signature"] = signer.Sign(challenge),
        }, ct);
        return Wire.Text(device, "id") ?? throw new RefusedException($"{origin} enrolled the phone and did not say its id.");
    }

    private static void Print(ParseResult said, EnrolledShown phone) => said.Answer().One(phone, CommandJson.Plain.EnrolledShown,
        "Phone enrolled. Its private key lies in this file in the clear: delete the file and revoke the phone when you are done.",
        [("Id", phone.Id), ("Account", phone.Account), ("Server", phone.Server), ("Name", phone.Name), ("Public key", phone.PublicKey), ("Key file", phone.KeyFile)]);
}

/// <param name="Account">User name of its owner.</param>
/// <param name="KeyFile">Where its private key lies.</param>
internal sealed record EnrolledShown(string Id, string Server, string Account, string Name, string PublicKey, string KeyFile);
