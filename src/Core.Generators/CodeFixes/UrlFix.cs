namespace Modular.Generators;

/// <summary>Adds the missing values of <c>UrlFor</c> from variables of the same name, or calls the typed URL.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UrlFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MOD004"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null) return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(UrlAnalyzer.Missing, out var missing) || missing is null
                || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<ArgumentListSyntax>() is not { } arguments) continue;
            var names = missing.Split(',');
            if (!names.All(name => model.LookupSymbols(arguments.SpanStart, name: name).Any(symbol => symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol))) continue;
            var added = names.Select(name => SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"(\"{name}\", {name})")).WithLeadingTrivia(SyntaxFactory.Space));
            context.RegisterCodeFix(CodeAction.Create($"Add {string.Join(" and ", names)}", _ => Task.FromResult(context.Document.WithSyntaxRoot(
                root.ReplaceNode(arguments, arguments.AddArguments([.. added])))), equivalenceKey: "values"), diagnostic);
        }
    }
}
