namespace Gapura.Storage;

/// <summary>The things nodes keep in memory and must hear about when somebody changes them.</summary>
internal static class Topic
{
    public const string Platforms = "platforms";
    public const string Keys = "keys";
}

/// <summary>
/// How a cache learns that it is old: whoever changes a topic raises its revision in the same transaction, and every
/// node, in this process or another, looks at the revisions a few times a second.
/// </summary>
internal sealed class Revisions(Database database)
{
    public static Task Raise(SqlSession sql, string topic) => sql.Execute(
        "INSERT INTO revisions (topic, revision) VALUES (@topic, 1) ON CONFLICT (topic) DO UPDATE SET revision = revisions.revision + 1",
        new { topic });

    public async Task<long> Current(string topic, CancellationToken ct) => await database.Read(
        sql => sql.Value<long>("SELECT revision FROM revisions WHERE topic = @topic", new { topic }), ct);
}
