namespace Gapura.Storage;

/// <summary>A statement that nobody waits for by itself.</summary>
/// <param name="Otherwise">What is thrown unless it changes exactly one row; null when any number will do.</param>
internal readonly record struct SqlStatement(string Sql, object? Args, Func<Exception>? Otherwise);
