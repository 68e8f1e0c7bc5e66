namespace Gapura.Sessions.Pages;

/// <summary>A way on from a notice.</summary>
public sealed record NoticeLink(string Label, string Href);
