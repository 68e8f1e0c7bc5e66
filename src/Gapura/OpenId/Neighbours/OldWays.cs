using System.Diagnostics.Metrics;
using Gapura.Platforms;

namespace Gapura.OpenId.Neighbours;

/// <summary>
/// Says each time that a platform was let in by an old way, so that its operator sees who still needs it: a line in the log
/// and the counter <c>gapura.old_ways</c> (labels <c>platform</c>, <c>way</c>). Names alone, never what was sent.
/// </summary>
internal sealed partial class OldWays(IMeterFactory meters, ILogger<OldWays> log)
{
    public const string MeterName = "Gapura.OpenId";
    public const string CounterName = "gapura.old_ways";

    private readonly Counter<long> _used = meters.Create(MeterName).CreateCounter<long>(CounterName, description: "Requests that were let in by an old way.");

    /// <param name="quirk">One of <see cref="Quirks"/>.</param>
    public void Used(Platform platform, string quirk)
    {
        Count(platform.ClientId, quirk);
        LetIn(platform.ClientId, quirk);
    }

    public void Renewed(Platform platform, string grantId)
    {
        Count(platform.ClientId, "refreshAccessToken");
        RenewedUntraded(platform.ClientId, grantId);
    }

    private void Count(string clientId, string way) => _used.Add(1, new KeyValuePair<string, object?>("platform", clientId), new KeyValuePair<string, object?>("way", way));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Platform {ClientId} was let in by an old way: {Quirk}.")]
    private partial void LetIn(string clientId, string quirk);

    [LoggerMessage(Level = LogLevel.Information, Message = "Platform {ClientId} renewed an access token without trading its refresh token, of grant {GrantId}.")]
    private partial void RenewedUntraded(string clientId, string grantId);
}
