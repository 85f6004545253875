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
            if (diagnostic.Properties.TryGetValue(PackageAnalyzer.Line, out var line) && line is not null) context.RegisterCodeFix(CodeAction.Create(
                $"Add app.{line}", cancellationToken => AddAsync(context.Document, line, cancellationToken), equivalenceKey: line), diagnostic);
        return Task.CompletedTask;
    }

    static async Task<Solution> AddAsync(Document document, string line, CancellationToken cancellationToken)
    {
        var solution = document.Project.Solution;
        foreach (var file in document.Project.Documents)
        {
            if (await file.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root) continue;
            foreach (var statement in root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>())
            {
                if (statement.Declaration.Variables is not [{ Identifier.Text: var app, Initializer.Value: { } value }] || !IsApplication(statement.Declaration.Type, value)) continue;
                var added = SyntaxFactory.ParseStatement($"{app}.{line.Replace("app.", $"{app}.")};")
                    .WithLeadingTrivia(statement.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
                    .WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
                return solution.WithDocumentSyntaxRoot(file.Id, statement.Parent is GlobalStatementSyntax global
                    ? root.InsertNodesAfter(global, [SyntaxFactory.GlobalStatement(added)]) : root.InsertNodesAfter(statement, [added]));
            }
        }
        return solution;
    }

    static bool IsApplication(TypeSyntax declared, ExpressionSyntax value) =>
        value is ObjectCreationExpressionSyntax { Type: var type } ? type.ToString() is "ModularApp" or "Modular.ModularApp"
        : value is ImplicitObjectCreationExpressionSyntax && declared.ToString() is "ModularApp" or "Modular.ModularApp";
}
