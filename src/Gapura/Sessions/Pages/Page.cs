using Gapura.Kernel;
using Microsoft.AspNetCore.Components;

namespace Gapura.Sessions.Pages;

/// <summary>
/// What every whole page is given. A page is rendered once on the server, knows no service and no request, and is
/// answered by <c>RazorComponentResult</c>.
/// </summary>
public abstract class Page : ComponentBase
{
    [Parameter, EditorRequired] public Language Language { get; set; }

    /// <summary>Where each language leads: the address of this page with <c>ui_locales</c> replaced. Empty hides the switch.</summary>
    [Parameter] public IReadOnlyDictionary<Language, string> Switch { get; set; } = new Dictionary<Language, string>();

    /// <summary>The nonce of this answer's <c>script-src</c>.</summary>
    [Parameter, EditorRequired] public string Nonce { get; set; } = "";

    /// <summary>What the operator calls this sign-in service.</summary>
    [Parameter] public string Brand { get; set; } = "Gapura";

    private protected string Say(Text text) => text.In(Language);
}
