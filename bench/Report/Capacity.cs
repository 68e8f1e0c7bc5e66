using System.Globalization;
using System.Text;

namespace Gapura.Bench.Report;

/// <summary>What a country would need, reckoned from the costs of this run. Every assumption stands in the text it makes.</summary>
internal static class Capacity
{
    private const double People = 280e6;
    private const double SignInsPerDay = 1;
    private const double PeakHour = 0.20;
    private const double PeakMinute = 1.5;
    private const double ActiveMinutes = 60;
    private const double AccessTokenMinutes = 15;
    private const double NodeProcessors = 16;
    private const double Used = 0.5;
    private const double TokenDays = 30;
    private const double AuditDays = 365;
    private const double RememberedMinutes = 62;

    /// <returns>Null when a cost it needs was not measured.</returns>
    public static string? Of(IReadOnlyList<Row> rows)
    {
        if (Find("sign-in-pg") is not { Processor: { } signIn, DatabaseProcessor: { } signInDb, LogBytes: { } signInLog, TableBytes: { } tables, Commits: { } signInCommits }
            || Find("refresh-pg") is not { Processor: { } refresh, DatabaseProcessor: { } refreshDb, LogBytes: { } refreshLog, DiskBytes: { } refreshDisk, Commits: { } refreshCommits }
            || Find("tail") is not { Processor: { } tail } || Find("remembered") is not { Value: { } remembered }) return null;

        var signIns = People * SignInsPerDay * PeakHour / 3600 * PeakMinute;
        var refreshes = signIns * (ActiveMinutes / AccessTokenMinutes - 1);
        var work = (signIns * signIn + refreshes * refresh) / 1e6;
        var listening = signIns * tail / 1e6;
        var perNode = NodeProcessors * Used - listening;
        var nodes = Math.Ceiling(work / perNode);
        var database = (signIns * signInDb + refreshes * refreshDb) / 1e6;
        var log = (signIns * signInLog + refreshes * refreshLog) / 1e6;
        var commits = signIns * signInCommits + refreshes * refreshCommits;
        var daily = People * SignInsPerDay;
        var keys = signIns / PeakMinute * RememberedMinutes * 60;
        var (audit, tokens) = (tables.GetValueOrDefault("audit"), tables.GetValueOrDefault("grants") + tables.GetValueOrDefault("refresh_tokens"));
        var text = new StringBuilder();
        Line("what", $"how", $"comes to");
        Line("---", $"---", $"---:");
        Line("sign-ins in the worst minute", $"{People / 1e6:0} million people × {SignInsPerDay:0} a day × {PeakHour:0 %} in the busiest hour × {PeakMinute:0.0} in its busiest minute", $"{signIns:N0} /s");
        Line("refreshes in it", $"each person stays {ActiveMinutes:0} minutes, an access token lasts {AccessTokenMinutes:0}", $"{refreshes:N0} /s");
        Line("questions about tokens", $"resource APIs validate by themselves, with keys fetched once in a while", $"0");
        Line("processors for requests", $"{signIn:0} µs a sign-in, {refresh:0} µs a refresh", $"{work:N0}");
        Line("processors of each node for hearing of the others' sign-ins", $"{tail:0.0} µs for each of them, at every node", $"{listening:0.0}");
        Line("nodes", $"{NodeProcessors:0} processors each, half of them used", perNode > 0 ? $"{nodes:N0}" : (FormattableString)$"none suffice: hearing of the others takes more than there is");
        Line("memory of each node for the keys of all ceremonies", $"each for {RememberedMinutes:0} minutes, {remembered:0} bytes, {keys / 1e6:0} million in the busiest hour", $"{keys * remembered / 1e9:0.0} GB");
        Line("PostgreSQL's processors", $"{signInDb:0} µs a sign-in, {refreshDb:0} µs a refresh", $"{database:N0}");
        Line("PostgreSQL's commits", $"{signInCommits:0.0} a sign-in, {refreshCommits:0.0} a refresh; a flush to disk serves many of them", $"{commits:N0} /s");
        Line("write-ahead log", $"{signInLog:N0} bytes a sign-in, {refreshLog:N0} a refresh", $"{log:N0} MB/s");
        Line("writes of 8 KB pages by checkpoints, at most", $"as many as there are pages in the log's bytes, each once between two checkpoints", $"{log * 1e6 / 8192:N0} /s");
        Line("on disk after a year", $"a sign-in {audit:N0} bytes of audit, kept for {AuditDays:0} days, and {tokens:N0} of grants and tokens, kept for {TokenDays:0}; a refresh {refreshDisk:N0} bytes, kept likewise", $"{(daily * (audit * AuditDays + tokens * TokenDays) + daily * (ActiveMinutes / AccessTokenMinutes - 1) * refreshDisk * TokenDays) / 1e12:0.0} TB");
        return text.ToString();

        Row? Find(string key) => rows.FirstOrDefault(r => r.Key == key);
        void Line(string what, FormattableString how, FormattableString comesTo) => text.AppendLine($"| {what} | {how.ToString(CultureInfo.InvariantCulture)} | {comesTo.ToString(CultureInfo.InvariantCulture)} |");
    }
}
