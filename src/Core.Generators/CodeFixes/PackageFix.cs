namespace Modular.Generators;

/// <summary>Adds the line that installs the plugin, after the statement that creates the application.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PackageFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MOD009"];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
            if (diagnostic.Properties.TryGetValue(PackageAnalyzer.Line, out var line) && line is not null && diagnostic.AdditionalLocations is [{ SourceTree: { } tree } place]
                && context.Document.Project.Solution.GetDocument(tree) is { } document)
                context.RegisterCodeFix(CodeAction.Create($"Add app.{line}", cancellationToken => AddAsync(document, place, line, cancellationToken), equivalenceKey: line), diagnostic);
        return Task.CompletedTask;
    }

    static async Task<Document> AddAsync(Document document, Location place, string line, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var creation = root?.FindNode(place.SourceSpan, getInnermostNodeForTie: true);
        if (creation?.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { Identifier.Text: var app } || creation.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { } statement)
            return document;
        var added = SyntaxFactory.ParseStatement($"{app}.{line.Replace("app.", $"{app}.")};").WithLeadingTrivia(statement.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed);
        return document.WithSyntaxRoot(statement.Parent is GlobalStatementSyntax global
            ? root!.InsertNodesAfter(global, [SyntaxFactory.GlobalStatement(added)]) : root!.InsertNodesAfter(statement, [added]));
    }
}
