namespace Modular;

/// <summary>An error at a place of a text that is no C#, such as a template. Pages that show errors show the place too.</summary>
public interface ISourceError
{
    /// <summary>What is wrong, without the place.</summary>
    string Problem { get; }

    /// <summary>The text's name, such as <c>blog/post.html</c>.</summary>
    string SourceName { get; }

    /// <summary>From 1; 0 when nobody knows.</summary>
    int Line { get; }

    /// <summary>From 1; 0 when nobody knows.</summary>
    int Column { get; }

    /// <summary>The lines around the place, numbered; empty when nobody knows.</summary>
    string Excerpt { get; }
}
