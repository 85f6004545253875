using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Modular.Architecture.Tests;

/// <summary>One parsed C# file.</summary>
sealed class Source(string file)
{
    internal static IReadOnlyList<Source> All { get; } = [.. Repository.Files("src", "*.cs").Select(file => new Source(file))];

    internal string File { get; } = file;

    internal string Text => field ??= Repository.Read(File);

    internal CompilationUnitSyntax Root => field ??= (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(
        Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();

    /// <summary>Without comments and white space between the words.</summary>
    internal string Code => field ??= string.Join(' ', Root.DescendantTokens().Select(token => token.Text));

    /// <summary>The types that the file declares, as metadata names them without the namespace: <c>Slot`1</c>.</summary>
    internal IEnumerable<string> Types => Root.DescendantNodes(node => node is not BaseTypeDeclarationSyntax).Select(node => node switch
    {
        TypeDeclarationSyntax type => Name(type.Identifier.Text, type.TypeParameterList),
        EnumDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => Name(type.Identifier.Text, type.TypeParameterList),
        _ => null,
    }).OfType<string>();

    static string Name(string identifier, TypeParameterListSyntax? parameters) =>
        parameters is null ? identifier : $"{identifier}`{parameters.Parameters.Count}";
}
