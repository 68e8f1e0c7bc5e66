namespace Gapura.Developers.Reference.Reading;

/// <summary>One chapter of the reference, in one language. These are public because Razor components are.</summary>
/// <param name="Description">English; a word between backticks is one of the wire.</param>
public sealed record Chapter(string Id, string Title, string Lead, string Description, IReadOnlyList<Operation> Operations);

/// <param name="Proofs">The ways the caller may show who it is, one of them; empty for nobody's.</param>
/// <param name="BodyTypes">Media types the body may have.</param>
/// <param name="Sent">Codes that go to the redirect URI instead of being answered.</param>
public sealed record Operation(
    string Id, string Method, string Path, string Title, string Description, IReadOnlyList<Proof> Proofs, IReadOnlyList<Field> Parameters, IReadOnlyList<string> BodyTypes, IReadOnlyList<Field> Body,
    IReadOnlyList<Sample> Calls, IReadOnlyList<Answer> Answers, IReadOnlyList<No> Refusals, IReadOnlyList<No> Sent);

/// <param name="Name">Of the scheme in the document; empty where nothing need be shown.</param>
public sealed record Proof(string Name, string Description);

/// <param name="Name">Inside another one it begins with that one's name: <c>data.token</c>.</param>
/// <param name="Where"><c>path</c>, <c>query</c>, <c>header</c>, or empty for a member of a body.</param>
/// <param name="Limits">Lengths, words, usual value.</param>
public sealed record Field(string Name, string Where, string Kind, bool IsRequired, string Limits, string Description);

/// <param name="Title">Null where there is only one.</param>
public sealed record Sample(string? Title, string Text);

public sealed record Answer(string Status, string Description, IReadOnlyList<string> Types, IReadOnlyList<Field> Fields, IReadOnlyList<Sample> Samples);

/// <summary>A refusal as the reader meets it.</summary>
public sealed record No(string Code, int Status, string Sentence, string Mend);
