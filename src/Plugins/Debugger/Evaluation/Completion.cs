using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;

namespace Modular.Debugger;

/// <summary>Completes code with the compiler's symbols.</summary>
static class Completion
{
    const int Most = 200;

    /// <summary>The names that are valid at a position and start with the text there, in order. At most 200.</summary>
    internal static IReadOnlyList<string> At(Script script, string code, int position)
    {
        position = Math.Clamp(position, 0, code.Length);
        var start = position;
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] == '_')) start--;
        var typed = code[start..position];

        var compilation = script.GetCompilation();
        var tree = compilation.SyntaxTrees.Last();
        var model = compilation.GetSemanticModel(tree);
        return [.. Symbols(model, tree.GetRoot(), start, position)
            .Where(symbol => symbol.CanBeReferencedByName && symbol.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                && symbol is not IMethodSymbol
                {
                    MethodKind: not (MethodKind.Ordinary or MethodKind.ReducedExtension or MethodKind.LocalFunction),
                })
            .Select(symbol => symbol.Name).Distinct().Order(StringComparer.OrdinalIgnoreCase).Take(Most)];
    }

    static IEnumerable<ISymbol> Symbols(SemanticModel model, SyntaxNode root, int start, int position)
    {
        var dot = root.FindToken(Math.Max(0, start - 1));
        if (start == 0 || !dot.IsKind(SyntaxKind.DotToken)) return model.LookupSymbols(Math.Min(position, root.FullSpan.End));
        var owner = dot.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => (ExpressionSyntax)name.Left,        // "app.Na" alone on a line parses as a type
            MemberBindingExpressionSyntax { Parent.Parent: ConditionalAccessExpressionSyntax conditional } => conditional.Expression,
            MemberBindingExpressionSyntax { Parent: ConditionalAccessExpressionSyntax conditional } => conditional.Expression,
            _ => null,
        };
        if (owner is null) return [];
        var meaning = model.GetSymbolInfo(owner).Symbol ?? model.GetSpeculativeSymbolInfo(owner.SpanStart,
            SyntaxFactory.ParseExpression(owner.ToString()), SpeculativeBindingOption.BindAsExpression).Symbol;
        if (meaning is INamespaceSymbol space) return model.LookupNamespacesAndTypes(position, space);
        if (meaning is ITypeSymbol type) return model.LookupStaticMembers(position, type);
        var value = model.GetTypeInfo(owner).Type is { TypeKind: not TypeKind.Error } known ? known
            : model.GetSpeculativeTypeInfo(owner.SpanStart, SyntaxFactory.ParseExpression(owner.ToString()),
                SpeculativeBindingOption.BindAsExpression).Type;
        return value is null
            ? []
            : model.LookupSymbols(position, value, includeReducedExtensionMethods: true).Where(symbol => !symbol.IsStatic);
    }
}
