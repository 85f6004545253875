using Microsoft.CodeAnalysis.Rename;

namespace Modular.Generators;

/// <summary>Renames the parameter or the rule's variable, or gives the parameter the variable's type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ViewFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MOD002"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Location.SourceTree != root.SyntaxTree || root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ParameterSyntax>() is not { } parameter) continue;
            if (diagnostic.Properties.TryGetValue(ViewAnalyzer.Rename, out var variable) && variable is not null)
            {
                context.RegisterCodeFix(CodeAction.Create($"Rename the parameter to {variable}", cancellationToken =>
                    RenameAsync(context.Document, parameter, variable, cancellationToken), equivalenceKey: "rename"), diagnostic);
                if (diagnostic.AdditionalLocations is [var rule] && rule.SourceTree == root.SyntaxTree
                    && root.FindNode(rule.SourceSpan, getInnermostNodeForTie: true) is LiteralExpressionSyntax { Token.ValueText: var text } literal)
                    context.RegisterCodeFix(CodeAction.Create($"Rename the rule's variable to {parameter.Identifier.ValueText}", _ => Task.FromResult(context.Document.WithSyntaxRoot(
                        root.ReplaceNode(literal, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(
                            text.Replace($"<{variable}>", $"<{parameter.Identifier.ValueText}>").Replace($":{variable}>", $":{parameter.Identifier.ValueText}>"))).WithTriviaFrom(literal)))),
                        equivalenceKey: "rule"), diagnostic);
            }
            if (diagnostic.Properties.TryGetValue(ViewAnalyzer.Retype, out var type) && type is not null && parameter.Type is { } old)
                context.RegisterCodeFix(CodeAction.Create($"Write {type} {parameter.Identifier.ValueText}", _ => Task.FromResult(context.Document.WithSyntaxRoot(
                    root.ReplaceNode(old, SyntaxFactory.ParseTypeName(type).WithTriviaFrom(old)))), equivalenceKey: "retype"), diagnostic);
        }
    }

    static async Task<Solution> RenameAsync(Document document, ParameterSyntax parameter, string name, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return model?.GetDeclaredSymbol(parameter, cancellationToken) is not { } symbol ? document.Project.Solution
            : await Renamer.RenameSymbolAsync(document.Project.Solution, symbol, new SymbolRenameOptions(), name, cancellationToken).ConfigureAwait(false);
    }
}
