using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Gapura.Storage;

/// <summary>The properties of an object as the parameters of a statement in a batch: what the mapper does for single ones.</summary>
internal static partial class SqlArguments
{
    private static readonly ConcurrentDictionary<(string Sql, Type? Args), Prepared> Known = new();
    private static readonly ConcurrentDictionary<Type, PropertyInfo> FirstOf = new();

    public static DbBatchCommand Add(DbBatch batch, string sql, object? args)
    {
        var prepared = Known.GetOrAdd((sql, args?.GetType()), static key => Prepare(key.Sql, key.Args));
        var command = batch.CreateBatchCommand();
        command.CommandText = prepared.Sql;
        foreach (var argument in prepared.Arguments) command.Parameters.Add(argument.In(command, args!));
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>The first argument as text. Statements on one row name that row first.</summary>
    public static string First(object? args) => args is null ? "" : FirstOf.GetOrAdd(args.GetType(), static type => type.GetProperties()[0]).GetValue(args) switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        var value => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    // By place, as PostgreSQL itself takes them: a statement with names is read letter by letter each time it is sent.
    private static Prepared Prepare(string sql, Type? args)
    {
        List<string> names = [];
        var placed = Name().Replace(sql, match =>
        {
            var name = match.Groups["name"].Value;
            if (!names.Contains(name)) names.Add(name);
            return string.Create(CultureInfo.InvariantCulture, $"${names.IndexOf(name) + 1}");
        });
        return new(placed, [.. names.Select(name => args?.GetProperty(name) ?? throw new ArgumentException($"@{name} has no value.", nameof(args))).Select(p => new Argument(p, TypeOf(p)))]);
    }

    // Said even where there is no value: a statement whose types are always the same stays compiled.
    private static DbType TypeOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(string) ? DbType.String
            : type == typeof(long) ? DbType.Int64
            : type == typeof(int) ? DbType.Int32
            : type == typeof(byte[]) ? DbType.Binary
            : throw new NotSupportedException($"{property.DeclaringType!.Name}.{property.Name} is a {type.Name}: statements take texts, whole numbers and bytes.");
    }

    [GeneratedRegex("@(?<name>[A-Za-z_][A-Za-z0-9_]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    private sealed record Prepared(string Sql, Argument[] Arguments);

    private sealed record Argument(PropertyInfo Property, DbType Type)
    {
        public DbParameter In(DbBatchCommand command, object args)
        {
            var parameter = command.CreateParameter();
            parameter.DbType = Type;
            parameter.Value = Property.GetValue(args) ?? DBNull.Value;
            return parameter;
        }
    }
}
