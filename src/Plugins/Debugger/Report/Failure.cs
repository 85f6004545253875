namespace Modular.Debugger;

/// <summary>An exception, and what was known of its request when it was thrown: later, the request is gone and its objects serve others.</summary>
/// <param name="Error">As it came out of the application.</param>
/// <param name="Method">Of the request.</param>
/// <param name="Url">Without its query, which may hold secrets; it is among the sections.</param>
/// <param name="Format">What the client wants to read.</param>
/// <param name="Sections">Tables of the request and the application.</param>
/// <param name="Copy">For the console; null when there was no context.</param>
/// <param name="G">What the application kept for the request; null when there was no context.</param>
/// <param name="Session">What lay in the slot of that name; null when nobody read it.</param>
sealed record Failure(Exception Error, string Method, string Url, Format Format, IReadOnlyList<Section> Sections, RequestCopy? Copy, RequestItems? G, object? Session);

/// <summary>A table of the page.</summary>
/// <param name="Note">What is to say about it, such as why it is empty.</param>
sealed record Section(string Title, IReadOnlyList<Fact> Facts, string? Note = null);

/// <summary>A row of a table; the value is masked already.</summary>
readonly record struct Fact(string Name, string Value);

/// <summary>How a report is written.</summary>
enum Format
{
    /// <summary>For clients that say nothing else.</summary>
    Text,

    /// <summary>For browsers.</summary>
    Html,

    /// <summary>RFC 9457.</summary>
    Problem,
}
