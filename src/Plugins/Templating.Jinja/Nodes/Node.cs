namespace Modular.Templating.Jinja;

/// <summary>How a statement ended.</summary>
enum Flow
{
    Next,
    Break,
    Continue,
}

/// <summary>A part of a compiled template.</summary>
abstract class Node
{
    internal int Position { get; init; }
}

/// <summary>An expression, which has a value.</summary>
abstract class Expression : Node
{
    internal abstract object? Evaluate(Frame frame);

    /// <summary>Resolves its names, once, when the template is compiled.</summary>
    internal abstract void Resolve(Scope scope);

    /// <summary>How deeply its parts are nested.</summary>
    internal int Depth { get; init; } = 1;
}

/// <summary>A statement, which writes.</summary>
abstract class Statement : Node
{
    internal abstract Flow Render(Frame frame);

    /// <inheritdoc cref="Expression.Resolve"/>
    internal abstract void Resolve(Scope scope);
}

/// <summary>What can be assigned to.</summary>
abstract class Target : Node
{
    internal abstract void Assign(Frame frame, object? value);

    /// <param name="scope">The scope.</param>
    /// <param name="isGiven">True for the variables of a loop and of <c>with</c>, which always have a value.</param>
    internal abstract void Resolve(Scope scope, bool isGiven = false);

    internal abstract Target Copy();
}

sealed class BodyNode(Statement[] statements)
{
    internal IReadOnlyList<Statement> Statements => statements;

    internal Flow Render(Frame frame)
    {
        foreach (var statement in statements)
            if (statement.Render(frame) is not Flow.Next and var flow) return flow;
        return Flow.Next;
    }

    internal void Resolve(Scope scope)
    {
        foreach (var statement in statements) statement.Resolve(scope);
    }
}
