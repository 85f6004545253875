namespace Modular.Debugger;

/// <summary>What came of one entry.</summary>
/// <param name="Output">What it wrote to the console.</param>
/// <param name="Error">Why it failed: the compiler's errors, or the exception. Null when it did not.</param>
/// <param name="Value">What it gave; null for a statement and after an error.</param>
sealed record Evaluation(string Output, string? Error, Node? Value);

/// <summary>One value, as the inspector shows it.</summary>
/// <param name="Id">What to expand it by, as long as it is kept.</param>
/// <param name="Name">The member or the place that it is the value of; null for the result itself.</param>
/// <param name="Type">Its type, as C# writes it.</param>
/// <param name="Text">The value in one line.</param>
/// <param name="HasMembers">False for what <paramref name="Text"/> tells whole.</param>
sealed record Node(int Id, string? Name, string Type, string Text, bool HasMembers);
