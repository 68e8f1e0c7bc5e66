using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Reflection;

namespace Gapura.Storage;

/// <summary>The properties of an object as the parameters of a statement in a batch: what the mapper does for single ones.</summary>
internal static class SqlArguments
{
    private static readonly ConcurrentDictionary<Type, Argument[]> Known = new();

    public static void Add(DbBatch batch, string sql, object? args)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        if (args is not null)
            foreach (var argument in Known.GetOrAdd(args.GetType(), Of)) command.Parameters.Add(argument.In(command, args));
        batch.BatchCommands.Add(command);
    }

    private static Argument[] Of(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).Select(p => new Argument(p, TypeOf(p)))];

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

    private sealed record Argument(PropertyInfo Property, DbType Type)
    {
        public DbParameter In(DbBatchCommand command, object args)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = Property.Name;
            parameter.DbType = Type;
            parameter.Value = Property.GetValue(args) ?? DBNull.Value;
            return parameter;
        }
    }
}
