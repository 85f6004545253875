namespace Modular.Debugger;

/// <summary>The result of one entry.</summary>
/// <param name="Output">Its console output.</param>
/// <param name="Error">The compiler's errors or the exception. Null when it succeeded.</param>
/// <param name="Value">Its value. Null for a statement and after an error.</param>
sealed record Evaluation(string Output, string? Error, Node? Value);

/// <summary>One value in the inspector.</summary>
/// <param name="Id">The id to expand the value with, while it is kept.</param>
/// <param name="Name">The member or the index of the value. Null for the result itself.</param>
/// <param name="Type">Its type in C# syntax.</param>
/// <param name="Text">The value in one line.</param>
/// <param name="HasMembers">False when <paramref name="Text"/> is the complete value.</param>
sealed record Node(int Id, string? Name, string Type, string Text, bool HasMembers);
