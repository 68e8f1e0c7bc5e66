using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Gapura.Developers.Reference.Pages;

/// <summary>A line of text; a word between backticks is one of the wire. Not a Razor file: between two pieces there is no space that was not written.</summary>
public sealed class Inline : ComponentBase
{
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        foreach (var (i, piece) in Text.Split('`').Index())
        {
            if (i % 2 == 0)
            {
                builder.AddContent(0, piece);
                continue;
            }

            builder.OpenElement(1, "code");
            builder.AddContent(2, piece);
            builder.CloseElement();
        }
    }
}
