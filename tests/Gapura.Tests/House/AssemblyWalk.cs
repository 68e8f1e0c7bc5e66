using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Gapura.Tests.House;

/// <summary>
/// Finds every type that the types of an assembly name: in bases, interfaces, constraints, fields, signatures, attributes,
/// locals, catch clauses and instructions. Constants are copied by the compiler and leave no trace here.
/// </summary>
internal sealed class AssemblyWalk
{
    private readonly string _root;
    private readonly MetadataReader _md;
    private readonly PEReader _pe;
    private readonly DebugSymbols _symbols;
    private readonly TypeNames _names;
    private readonly HashSet<Naming> _found = [];
    private string _by = "";
    private string _from = "";
    private string? _place;

    private AssemblyWalk(PEReader pe, DebugSymbols symbols, string root)
    {
        (_pe, _symbols, _root) = (pe, symbols, root);
        _md = pe.GetMetadataReader();
        _names = new TypeNames(_md);
    }

    /// <param name="path">The assembly; its symbols are looked for beside it.</param>
    /// <param name="root">Namespace whose parts are the rooms.</param>
    public static IReadOnlyList<Naming> Of(string path, string root)
    {
        using var pe = new PEReader(File.OpenRead(path));
        using var symbols = DebugSymbols.Beside(path);
        var walk = new AssemblyWalk(pe, symbols, root);
        foreach (var handle in walk._md.TypeDefinitions) walk.Type(handle);
        return [.. walk._found.OrderBy(n => n.ToString(), StringComparer.Ordinal)];
    }

    private void Type(TypeDefinitionHandle handle)
    {
        _by = _names.Outermost(handle);
        if (Room(_by) is not { } room) return;
        _from = room;
        var type = _md.GetTypeDefinition(handle);
        _place = type.GetMethods().Select(_symbols.File).FirstOrDefault(f => f is not null);

        Name(type.BaseType);
        foreach (var one in type.GetInterfaceImplementations()) Name(_md.GetInterfaceImplementation(one).Interface);
        Attributes(type.GetCustomAttributes());
        Constraints(type.GetGenericParameters());
        foreach (var one in type.GetFields().Select(_md.GetFieldDefinition))
        {
            Names(one.DecodeSignature(_names, null));
            Attributes(one.GetCustomAttributes());
        }

        foreach (var one in type.GetProperties().Select(_md.GetPropertyDefinition))
        {
            Names(one.DecodeSignature(_names, null));
            Attributes(one.GetCustomAttributes());
        }

        foreach (var one in type.GetEvents().Select(_md.GetEventDefinition)) Name(one.Type);
        foreach (var one in type.GetMethods()) Method(one);
    }

    private void Method(MethodDefinitionHandle handle)
    {
        var method = _md.GetMethodDefinition(handle);
        _place = _symbols.Place(handle, 0) ?? _place;
        Names(method.DecodeSignature(_names, null));
        Attributes(method.GetCustomAttributes());
        Constraints(method.GetGenericParameters());
        foreach (var one in method.GetParameters()) Attributes(_md.GetParameter(one).GetCustomAttributes());
        if (method.RelativeVirtualAddress == 0) return;

        var body = _pe.GetMethodBody(method.RelativeVirtualAddress);
        foreach (var region in body.ExceptionRegions) Name(region.CatchType);
        if (!body.LocalSignature.IsNil)
            foreach (var local in _md.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null)) Named(local);
        foreach (var (offset, token) in Instructions.Tokens(body.GetILBytes()!))
        {
            _place = _symbols.Place(handle, offset) ?? _place;
            Name(token);
        }
    }

    private void Attributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var one in attributes.Select(_md.GetCustomAttribute))
        {
            Name(one.Constructor);

            // A type given to an attribute is written as its full name.
            foreach (Match match in Regex.Matches(Encoding.Latin1.GetString(_md.GetBlobBytes(one.Value)), $@"(?<![\w.]){Regex.Escape(_root)}(\.\w+)+")) Named([match.Value]);
        }
    }

    private void Constraints(GenericParameterHandleCollection parameters)
    {
        foreach (var one in parameters.Select(_md.GetGenericParameter).SelectMany(p => p.GetConstraints())) Name(_md.GetGenericParameterConstraint(one).Type);
    }

    private void Name(EntityHandle handle) => Named(_names.Of(handle));

    private void Names(IReadOnlyList<string> types) => Named(types);

    private void Names(MethodSignature<IReadOnlyList<string>> signature)
    {
        Named(signature.ReturnType);
        foreach (var parameter in signature.ParameterTypes) Named(parameter);
    }

    private void Named(IReadOnlyList<string> types)
    {
        foreach (var type in types)
            if (Room(type) is { } to && to != _from) _found.Add(new Naming(_from, to, _by, type, _place));
    }

    // `Root.Room.Type`; null for anything else.
    private string? Room(string type) => type.StartsWith(_root + ".", StringComparison.Ordinal) && type.Split('.') is { Length: var length } parts && length > _root.Split('.').Length + 1
        ? parts[_root.Split('.').Length] : null;
}
