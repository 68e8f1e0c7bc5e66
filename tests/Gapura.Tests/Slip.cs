namespace Gapura.Tests;

/// <summary>A slip of the pen.</summary>
internal static class Slip
{
    /// <summary>The text with another last character, whatever its last is.</summary>
    public static string In(string text) => text[..^1] + (text[^1] == '0' ? '1' : '0');
}
