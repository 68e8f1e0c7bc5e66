using Gapura.Developers.Reference.Reading;
using Gapura.Sessions.Pages;
using Microsoft.AspNetCore.Components;

namespace Gapura.Developers.Reference.Pages;

/// <summary>What every page of the reference is given. Rendered once for each language, for everybody.</summary>
public abstract class ReferencePage : Page
{
    [Parameter, EditorRequired] public IReadOnlyList<Chapter> Chapters { get; set; } = [];

    /// <summary>This server's address.</summary>
    [Parameter] public string Issuer { get; set; } = "";

    /// <summary>What is said of everything, in English.</summary>
    [Parameter] public string Description { get; set; } = "";

    [Parameter] public IReadOnlyList<Proof> Proofs { get; set; } = [];

    [Parameter] public IReadOnlyList<No> Refusals { get; set; } = [];

    /// <summary>The chapter this page is about; empty for none.</summary>
    [Parameter] public string Current { get; set; } = "";
}
