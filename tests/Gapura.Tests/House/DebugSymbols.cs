using System.Reflection.Metadata;

namespace Gapura.Tests.House;

/// <summary>Where in the sources a method lies. Without symbols nothing is known, and nothing else is lost.</summary>
internal sealed class DebugSymbols(MetadataReaderProvider? provider) : IDisposable
{
    private readonly MetadataReader? _reader = provider?.GetMetadataReader();

    public static DebugSymbols Beside(string assembly)
    {
        var path = Path.ChangeExtension(assembly, ".pdb");
        return new(System.IO.File.Exists(path) ? MetadataReaderProvider.FromPortablePdbStream(System.IO.File.OpenRead(path)) : null);
    }

    public void Dispose() => provider?.Dispose();

    public string? File(MethodDefinitionHandle method) => Points(method).Select(p => Name(p.Document)).FirstOrDefault();

    /// <param name="offset">Of the instruction, in the method's IL.</param>
    public string? Place(MethodDefinitionHandle method, int offset)
    {
        SequencePoint? nearest = null;
        foreach (var point in Points(method))
            if (nearest is null || point.Offset <= offset) nearest = point;
        return nearest is { } found ? $"{Name(found.Document)}:{found.StartLine}" : null;
    }

    private IEnumerable<SequencePoint> Points(MethodDefinitionHandle method) =>
        _reader is null ? [] : _reader.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints().Where(p => !p.IsHidden);

    private string Name(DocumentHandle document)
    {
        var path = _reader!.GetString(_reader.GetDocument(document).Name);
        return Repository.Root is { } root && path.StartsWith(root, StringComparison.Ordinal) ? Path.GetRelativePath(root, path) : path;
    }
}
