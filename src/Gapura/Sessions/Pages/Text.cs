using Gapura.Kernel;

namespace Gapura.Sessions.Pages;

/// <summary>A text for a person. Both languages stand side by side, so that a missing translation cannot compile.</summary>
internal readonly record struct Text(string Bahasa, string English)
{
    public string In(Language language) => language == Language.English ? English : Bahasa;
}
