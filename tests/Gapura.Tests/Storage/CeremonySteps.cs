using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Tests.Storage;

/// <summary>What is done to ceremonies, in the words of those who do it.</summary>
public abstract class CeremonySteps(Store store) : StoreContract(store)
{
    private protected Ceremonies Ceremonies => field ??= new Ceremonies(Database, Bells, Clock);

    private protected Bells Bells => field ??= new(Clock);

    private protected Ceremony Scanned(string key) => Approved(key) with { State = CeremonyState.Scanned, GrantId = null, ExpiresAt = Clock.Now.AddSeconds(60) };

    private protected Task<bool> Scan(Ceremony ceremony) => Happens(sql => Ceremonies.Scan(sql, ceremony, Refusals.AlreadyScanned));

    private protected Task<bool> Approve(Ceremony ceremony, bool unscanned, bool matched = false) => Happens(sql => Ceremonies.Approve(sql, ceremony, matched, unscanned, Refusals.InvalidSession));

    private protected Task<Ceremony?> Deny(string key, string device) => Database.Write(sql => Ceremonies.Deny(sql, key, $"handle of {key}", device, "declined"), Ct);

    // A beat may come in between: it says nothing of the ceremony.
    private protected static async Task IsRung(Bells.Bell bell)
    {
        while (await bell.Next().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Ct) is not Ringing.Moved) continue;
    }

    private protected Ceremony Approved(string key) => new()
    {
        Key = key, Door = Door.Qr, State = CeremonyState.Approved, Handle = $"handle of {key}", ClientId = "c", AccountId = "a", DeviceId = "d", GrantId = "g",
        MovedAt = Clock.Now, CollectUntil = Clock.Now.AddSeconds(60), KeepUntil = Clock.Now.AddMinutes(10),
    };

    private protected Task<bool> Add(Ceremony ceremony) => Database.Write(sql => Ceremonies.TryAdd(sql, ceremony), Ct);

    private Task<bool> Happens(Func<SqlSession, Task> work) => Happens(Database, work);

    private static async Task<bool> Happens(Database database, Func<SqlSession, Task> work)
    {
        try
        {
            await database.Write(work, Ct);
            return true;
        }
        catch (OvertakenException)
        {
            return false;
        }
    }

    private protected Task<Ceremony?> Take(string key) => Take(Database, Ceremonies, key);

    /// <returns>What was taken; null when it could not be.</returns>
    private protected static async Task<Ceremony?> Take(Database database, Ceremonies ceremonies, string key) =>
        await ceremonies.Find(key, Ct) is { } found && await Happens(database, sql => ceremonies.Take(sql, found, Refusals.NonceSpent)) ? await ceremonies.Find(key, Ct) : null;
}
