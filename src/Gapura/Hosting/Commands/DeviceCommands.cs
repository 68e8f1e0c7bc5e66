using System.CommandLine;
using Gapura.Accounts;
using Gapura.Audit;
using Gapura.Devices;
using Gapura.Kernel;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura device …</c></summary>
internal static class DeviceCommands
{
    public static Command Build(TimeProvider time) => new("device", "Phones that sign in by QR code.") { Enrol(time), List(time), Revoke(time) };

    private static Option<string> OfAccount(bool required) => new("--account", "--username") { Description = "User name of its owner", HelpName = "USERNAME", Required = required };

    private static Command Enrol(TimeProvider time)
    {
        var account = OfAccount(required: true);
        Option<string> publicKey = new("--public-key") { Description = "secp256k1, uncompressed: 130 hex characters beginning 04", HelpName = "HEX", Required = true };
        Option<string> name = new("--name") { Description = "What its owner calls it", HelpName = "NAME", Required = true };
        var command = new Command("enrol", "Enrol a phone's public key for an account. You vouch that the phone is that person's: unlike enrolment by the person, "
            + "no proof that they hold the private key is asked for here, only that the public key is a point of the curve.") { account, publicKey, name };
        command.SetAction(async (said, ct) =>
        {
            var key = Given.PublicKey(said.GetRequiredValue(publicKey));
            var called = Given.Line("The name", said.GetRequiredValue(name), 64);
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var owner = await AccountCommands.Find(here, said.GetRequiredValue(account), ct);
            var device = new Device { Id = PublicId.New(time), AccountId = owner.Id, PublicKey = key.Hex, Name = called, EnrolledAt = time.GetUtcNow() };
            if (!await here.Get<DeviceRegister>().TryEnrol(device, Hand.Operator, ct))
                throw new RefusedException("This public key was enrolled before, for this account or another, perhaps revoked since; a key serves one account once. Make a new key on the phone.");
            Print(said, DeviceShown.Of(device, owner.Username), "Device enrolled.");
        });
        return command;
    }

    private static Command List(TimeProvider time)
    {
        var account = OfAccount(required: false);
        var command = new Command("list", "All devices, or those of one account.") { account };
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            DeviceShown[] all;
            if (said.GetValue(account) is { } username)
            {
                var owner = await AccountCommands.Find(here, username, ct);
                all = [.. (await here.Get<DeviceRegister>().Of(owner.Id, ct)).Select(d => DeviceShown.Of(d, owner.Username))];
            }
            else
            {
                all = await All(here, ct);
            }

            said.Answer().Many(all, CommandJson.Plain.IReadOnlyListDeviceShown, "No device yet. `gapura device enrol --help` says how.",
                ["Id", "Account", "Name", "Public key", "Enrolled", "Last used", "State"],
                d => [d.Id, d.Account, d.Name, $"{d.PublicKey[..12]}…", Answer.Minute(d.EnrolledAt), Answer.Minute(d.LastUsedAt), State(d)]);
        });
        return command;
    }

    private static Command Revoke(TimeProvider time)
    {
        var command = new Command("revoke", "Let a phone sign in no more, and end every sign-in it approved.");
        var subject = new Subject(command, "ID", "--id", "The device's id, as `device list` shows it");
        command.SetAction(async (said, ct) =>
        {
            await using var here = await OpenInstallation.Existing(said.Settings(), time, ct);
            var revoked = await here.Get<DeviceRegister>().Revoke(subject.Of(said), accountId: null, Hand.Operator, ct);
            var device = (await All(here, ct)).FirstOrDefault(d => d.Id == subject.Of(said))
                ?? throw new RefusedException("There is no device with this id. `gapura device list` shows all.");
            Print(said, device, revoked ? "Device revoked." : "This device was revoked before.");
        });
        return command;
    }

    private static async Task<DeviceShown[]> All(OpenInstallation here, CancellationToken ct)
    {
        var owners = (await here.Get<AccountRegister>().List(ct)).ToDictionary(a => a.Id, a => a.Username);
        return [.. (await here.Get<DeviceRegister>().List(ct)).Select(d => DeviceShown.Of(d, owners[d.AccountId]))];
    }

    private static void Print(ParseResult said, DeviceShown device, string heading) => said.Answer().One(device, CommandJson.Plain.DeviceShown, heading,
        [("Id", device.Id), ("Account", device.Account), ("Name", device.Name), ("Public key", device.PublicKey), ("Enrolled", Answer.Minute(device.EnrolledAt)), ("State", State(device))]);

    private static string State(DeviceShown device) => device.RevokedAt is null ? "active" : $"revoked {Answer.Minute(device.RevokedAt)}";
}

/// <param name="Account">User name of its owner.</param>
internal sealed record DeviceShown(
    string Id, string Account, string PublicKey, string Name, DateTimeOffset EnrolledAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    public static DeviceShown Of(Device d, string account) => new(d.Id, account, d.PublicKey, d.Name, d.EnrolledAt, d.LastUsedAt, d.RevokedAt);
}
