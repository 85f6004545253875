namespace Modular;

/// <summary>An error at a place in a text such as a template. Error pages show the place.</summary>
public interface ISourceError
{
    /// <summary>What is wrong, without the place.</summary>
    string Problem { get; }

    /// <summary>The text's name, such as <c>blog/post.html</c>.</summary>
    string SourceName { get; }

    /// <summary>From 1; 0 when unknown.</summary>
    int Line { get; }

    /// <summary>From 1; 0 when unknown.</summary>
    int Column { get; }

    /// <summary>The lines around the place, numbered; empty when unknown.</summary>
    string Excerpt { get; }
}
