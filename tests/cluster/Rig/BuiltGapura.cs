using System.Diagnostics;
using System.Text.Json;

namespace Gapura.Cluster.Rig;

/// <summary>The built server as a program: <c>dotnet gapura.dll …</c> of the configuration this rig was built in.</summary>
internal static class BuiltGapura
{
    // …/tests/cluster/bin/<configuration>/net10.0/
    private static readonly DirectoryInfo Here = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Tree { get; } = Here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string Folder { get; } = Path.Combine(Tree, "src", "Gapura", "bin", Here.Parent!.Name, Here.Name);

    /// <summary>How to start it. Nothing of the caller's environment that begins with GAPURA_ reaches it.</summary>
    public static ProcessStartInfo Start(string folder, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "gapura.dll"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("GAPURA_", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in settings) start.Environment["GAPURA_" + name] = value;
        return start;
    }

    /// <summary>Runs a command that must succeed, with <c>--json</c>.</summary>
    public static async Task<JsonElement> Json(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var said = await Shell.Run(Start(Folder, [.. arguments, "--json"], settings));
        return JsonDocument.Parse(said.Length > 0 ? said : "null").RootElement;
    }
}
