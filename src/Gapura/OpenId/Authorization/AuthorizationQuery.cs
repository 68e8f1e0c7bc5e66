using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.OpenId.Authorization;

/// <summary>The query of our own address, as the browser brought it: what the platform sent, and our note that the person was here before.</summary>
/// <param name="Text">All of it, with its question mark.</param>
/// <param name="Plain">Without our note.</param>
/// <param name="AskedAt">When the note says they were asked to sign in; null without a note of ours for this very request.</param>
internal sealed record AuthorizationQuery(string Text, string Plain, DateTimeOffset? AskedAt)
{
    private const string Note = "gapura_asked";
    private readonly Dictionary<string, Microsoft.Extensions.Primitives.StringValues> _values = QueryHelpers.ParseQuery(Plain);

    public static AuthorizationQuery Read(string text, AskedAgain asked)
    {
        string[] parts = text.Split('&');
        var notes = parts.Where(IsNote).ToList();
        var plain = notes.Count == 0 ? text : string.Join('&', parts.Where(part => !IsNote(part)));
        return new(text, plain, notes is [var note] ? asked.Read(Uri.UnescapeDataString(note[(Note.Length + 1)..]), plain) : null);
    }

    /// <summary>The address that brings the person back to this request, with the note that they were asked now.</summary>
    public string Back(AskedAgain asked) => $"/oauth/authorize{Plain}&{Note}={asked.Note(Plain)}";

    /// <summary>The same query with a note, so that the request is known to have arrived however long the person thinks about it.</summary>
    public string Noted(AskedAgain asked) => AskedAt is null ? $"{Plain}&{Note}={asked.Note(Plain)}" : Text;

    /// <summary>Values by name, as often as they came; a single one that says nothing was not sent (RFC 6749 section 3.1).</summary>
    public IReadOnlyList<string?> Values(string name) => _values.TryGetValue(name, out var found) && found is not [null or ""] ? [.. found] : [];

    public string? Single(string name) => Values(name) is [var one] ? one : null;

    private static bool IsNote(string part) => part.StartsWith(Note + "=", StringComparison.Ordinal);
}
