using System.Buffers.Binary;
using System.Security.Cryptography;
using Gapura.Storage;

namespace Gapura.SeamlessLogin;

/// <summary>Issues and reads login tickets with the keys and the clock of this installation. Touches no store.</summary>
internal sealed class LoginTickets(HandleKeys keys, SeamlessLoginOptions options, TimeProvider time)
{
    public LoginTicket Issue(string apiKeyId)
    {
        Span<byte> random = stackalloc byte[4];
        RandomNumberGenerator.Fill(random);
        return LoginTicket.Issue(keys.Ring.Current, apiKeyId, time.GetUtcNow() + options.TicketLifetime, BinaryPrimitives.ReadUInt32BigEndian(random));
    }

    /// <summary>The API key that a ticket was fetched with, however long ago; null for a text that is none of ours. For telling its platform, never for letting in.</summary>
    public string? ApiKeyIdOf(string? text) => LoginTicket.Read(keys.Ring, text, DateTimeOffset.MinValue)?.ApiKeyId;

    /// <returns>Null for anything but a live ticket of our own making.</returns>
    public LoginTicket? Read(string? text) => LoginTicket.Read(keys.Ring, text, time.GetUtcNow());
}
