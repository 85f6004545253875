namespace Modular.Debugger;

/// <summary>An exception and the data of its request. The data is copied, because the server reuses the request's objects.</summary>
/// <param name="Error">The unhandled exception.</param>
/// <param name="Method">The method of the request.</param>
/// <param name="Url">The URL without its query, which can contain secrets. A section shows the query.</param>
/// <param name="Format">The format that the client prefers.</param>
/// <param name="Sections">Tables of the request and the application.</param>
/// <param name="Copy">The request for the console. Null without a context.</param>
/// <param name="G">The request's <c>g</c>. Null without a context.</param>
/// <param name="Session">The session. Null when the request didn't read it.</param>
sealed record Failure(Exception Error, string Method, string Url, Format Format, IReadOnlyList<Section> Sections, RequestCopy? Copy,
    RequestItems? G, object? Session);

/// <summary>A table of the page.</summary>
/// <param name="Note">A note about the table, such as why it is empty.</param>
sealed record Section(string Title, IReadOnlyList<Fact> Facts, string? Note = null);

/// <summary>A row of a table with a masked value.</summary>
readonly record struct Fact(string Name, string Value);

/// <summary>The format of a report.</summary>
enum Format
{
    /// <summary>For clients without a preference.</summary>
    Text,

    /// <summary>For browsers.</summary>
    Html,

    /// <summary>RFC 9457.</summary>
    Problem,
}
