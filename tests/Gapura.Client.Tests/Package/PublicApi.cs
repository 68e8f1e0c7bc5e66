using System.Reflection;
using System.Text;

namespace Gapura.Client.Tests.Package;

/// <summary>What an assembly lets others name, one line for each, in an order of its own.</summary>
internal static class PublicApi
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.FullName).Append(type.BaseType is { } up && up != typeof(object) ? $" : {Name(up)}" : "").Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal)) text.Append("  ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var field in type.GetFields(Own).Where(f => f.IsPublic || f.IsFamily)) yield return $"{(field.IsLiteral ? $"const {Name(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}" : $"field {Name(field.FieldType)} {field.Name}")}";
        foreach (var made in type.GetConstructors(Own).Where(Shown)) yield return $"new({Parameters(made)})";
        foreach (var property in type.GetProperties(Own).Where(p => Shown(p.GetMethod) || Shown(p.SetMethod)))
            yield return $"{Static(property.GetMethod ?? property.SetMethod)}{Name(property.PropertyType)}{(Nullability.Create(property).ReadState == NullabilityState.Nullable && !property.PropertyType.IsValueType ? "?" : "")} {property.Name} {{ {(Shown(property.GetMethod) ? "get; " : "")}{(Shown(property.SetMethod) ? IsInit(property) ? "init; " : "set; " : "")}}}{(property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)) ? " required" : "")}";

        // What the compiler writes into records is as it is.
        foreach (var method in type.GetMethods(Own).Where(m => Shown(m) && !m.IsSpecialName && !m.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) && !m.Name.StartsWith('<')))
            yield return $"{Static(method)}{Name(method.ReturnType)} {method.Name}({Parameters(method)})";
    }

    private static bool Shown(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static bool IsInit(PropertyInfo property) => property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private static string Static(MethodBase? method) => method?.IsStatic == true ? "static " : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{Name(p.ParameterType)}{(Nullability.Create(p).ReadState == NullabilityState.Nullable && !p.ParameterType.IsValueType ? "?" : "")} {p.Name}{(p.HasDefaultValue ? $" = {p.DefaultValue ?? "default"}" : "")}"));

    private static string Kind(Type type) => type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsSealed ? "sealed class" : "class";

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } value ? Name(value) + "?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
}
