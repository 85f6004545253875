namespace Modular.Templating.Jinja;

/// <summary>What happens with a name, a member or an item that doesn't exist.</summary>
public enum JinjaUndefined
{
    /// <summary>It is empty text and an empty list. To read a member of it is an error.</summary>
    Default,

    /// <summary>Every use is an error, except the tests <c>defined</c> and <c>undefined</c> and the filter <c>default</c>.</summary>
    Strict,

    /// <summary>It is empty, and so are its members.</summary>
    Chainable,

    /// <summary>The page shows the expression: <c>{{ name }}</c>.</summary>
    Debug,
}
