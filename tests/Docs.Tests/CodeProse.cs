using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Modular.Docs.Tests;

/// <summary>The prose in a C# file: comments, string literals and the names of tests, each line with its number.</summary>
sealed class CodeProse(string file)
{
    readonly SyntaxNode _root = CSharpSyntaxTree.ParseText(
        Repository.Read(file), new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.None)).GetRoot();

    /// <summary>Comments, messages and help texts.</summary>
    internal IEnumerable<(int Number, string Text)> OfProgram() => [.. Comments(), .. Strings()];

    /// <summary>Comments, and the names of tests as sentences.</summary>
    internal IEnumerable<(int Number, string Text)> OfTests() => [.. Comments(), .. TestNames()];

    IEnumerable<(int Number, string Text)> Comments() =>
        from trivia in _root.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
            || trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia)
        from line in Lines(trivia.GetLocation(), trivia.ToFullString())
        select line;

    IEnumerable<(int Number, string Text)> Strings() =>
        from token in _root.DescendantTokens()
        where token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken
        from line in Lines(token.GetLocation(), token.Text)
        select line;

    IEnumerable<(int Number, string Text)> TestNames() =>
        from method in _root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(list => list.Attributes).Any(IsTest)
        from line in Lines(method.Identifier.GetLocation(), method.Identifier.Text.Replace('_', ' '))
        select line;

    // Also [NeedsFact] and [NeedsTheory].
    static bool IsTest(AttributeSyntax attribute) =>
        attribute.Name.ToString() is var name && (name.EndsWith("Fact", StringComparison.Ordinal) || name.EndsWith("Theory", StringComparison.Ordinal));

    static IEnumerable<(int Number, string Text)> Lines(Location location, string text) =>
        text.Split('\n').Select((line, index) => (location.GetLineSpan().StartLinePosition.Line + 1 + index, line));
}
