using Npgsql;

namespace Gapura.Storage;

/// <summary>The connection text of an operator, completed. Whatever the operator says stays, but for what would undo a promise: that is refused.</summary>
internal static class PostgresConnection
{
    // A node's share: three nodes fit into PostgreSQL's 100 connections, and its processors are busy with fewer.
    private const int MostConnections = 28;

    // The server ends what a node that is paused or cut off has left open: nobody else waits longer for its rows, and
    // its places are free again soon. No statement_timeout: it would end the wait of a COMMIT for the standby, and
    // PostgreSQL then says "done" with a mere warning.
    private const string ServerBounds = "-c idle_in_transaction_session_timeout=3000 -c lock_timeout=3000"
        + " -c tcp_user_timeout=10000 -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

    private const string NoCommandTimeout = "The setting Database says Command Timeout. PostgreSQL would be asked to cancel a commit that waits for its standby, and"
        + " then calls that commit done although it may be lost. Leave Command Timeout out: the server gives up a call that is not answered by itself.";

    /// <param name="said"><c>Host=…</c>, or <c>postgres://user:password@host:port,host:port/database?key=value</c>. Several hosts: whichever is the primary.</param>
    /// <param name="bounded">Whether calls end by themselves.</param>
    /// <exception cref="DatabaseUnavailableException">It bounds commands.</exception>
    public static string Text(string said, bool bounded)
    {
        var text = said.Contains("://", StringComparison.Ordinal) ? OfAddress(said) : new NpgsqlConnectionStringBuilder(said);
        text.ApplicationName ??= "gapura";
        // Statements are few and fixed: preparing them once per connection saves the server a parse each time.
        if (text.MaxAutoPrepare == 0) text.MaxAutoPrepare = 64;
        text.AutoPrepareMinUsages = 2;
        // Nothing of ours outlives a transaction, so there is nothing to reset between two.
        text.NoResetOnClose = true;
        if (text.Host?.Contains(',', StringComparison.Ordinal) == true)
        {
            text.TargetSessionAttributes ??= "primary";
            Unless(text, "Host Recheck Seconds", () => text.HostRecheckSeconds = 1);
        }

        // The client's own bound on a command asks the server to cancel it, over a second connection and on a thread that
        // waits: when the network is silent it makes everything worse. A server's calls are bounded by PostgresDatabase.
        Unless(text, "Command Timeout", () => text.CommandTimeout = 0);
        if (text.CommandTimeout != 0) throw new DatabaseUnavailableException(NoCommandTimeout);
        if (!bounded) return text.ToString();

        Unless(text, "Timeout", () => text.Timeout = 3);
        Unless(text, "Tcp Keepalive Time", () => (text.TcpKeepAlive, text.TcpKeepAliveTime, text.TcpKeepAliveInterval) = (true, 5, 2));
        Unless(text, "Maximum Pool Size", () => text.MaxPoolSize = MostConnections);
        text.Options ??= ServerBounds;
        return text.ToString();
    }

    /// <summary>The same, for a connection of its own whose commits wait for no disk: what it says may be lost.</summary>
    public static string Aside(string text) => new NpgsqlConnectionStringBuilder(text) { Pooling = false, Options = "-c synchronous_commit=off", MaxAutoPrepare = 0 }.ToString();

    private static void Unless(NpgsqlConnectionStringBuilder text, string key, Action set)
    {
        if (!text.ShouldSerialize(key)) set();
    }

    // As operators know it from other programs (PostgreSQL's documentation, section 34.1.1.2).
    private static NpgsqlConnectionStringBuilder OfAddress(string said)
    {
        var start = said.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = said.IndexOfAny(['/', '?'], start) is var found and >= 0 ? found : said.Length;
        var authority = said[start..end];
        var at = authority.LastIndexOf('@');
        var hosts = authority[(at + 1)..];

        // The framework reads one host; the others are put back afterwards.
        var uri = new Uri($"{said[..start]}{authority[..(at + 1)]}{hosts.Split(',')[0]}{said[end..]}");
        var user = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var text = new NpgsqlConnectionStringBuilder
        {
            Host = hosts.Contains(',', StringComparison.Ordinal) ? hosts : uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = uri.AbsolutePath.Trim('/'),
            Username = user[0],
            Password = user.ElementAtOrDefault(1),
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)))
            text[Uri.UnescapeDataString(pair[0])] = Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "");
        return text;
    }
}
