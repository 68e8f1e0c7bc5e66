using SQLitePCL;

namespace Gapura.Storage;

/// <summary>What SQLite is told about this process before it opens anything (https://sqlite.org/c3ref/c_config_covering_index_scan.html).</summary>
internal static class SqliteLibrary
{
    private const int MultiThread = 2, MemoryStatus = 9;

    /// <summary>
    /// Each connection here is used by one piece of work at a time, so a lock around every call guards nobody; and nobody asks
    /// how much memory SQLite holds, which it would count under one lock for all threads. Passed over when it is too late for
    /// that: then it goes on as it does by itself.
    /// </summary>
    public static void Prepare()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(MultiThread);
        _ = raw.sqlite3_config(MemoryStatus, 0);
    }
}
