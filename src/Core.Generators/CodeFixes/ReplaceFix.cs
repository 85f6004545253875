namespace Modular.Generators;

/// <summary>Puts another text or expression in the place of what is marked: the rule written right, the nearest name, the configured key.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReplaceFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MOD001", "MOD004", "MOD006", "MOD008"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(Descriptors.Replacement, out var text) || text is null
                || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax old) continue;
            // A constant has its value elsewhere.
            if (diagnostic.Id != "MOD008" && old is not LiteralExpressionSyntax) continue;
            var title = diagnostic.Id == "MOD008" ? $"Write {text}" : $"Write \"{text}\"";
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(old, (diagnostic.Id == "MOD008"
                ? SyntaxFactory.ParseExpression(text) : SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text))).WithTriviaFrom(old)))),
                equivalenceKey: diagnostic.Id), diagnostic);
        }
    }
}
