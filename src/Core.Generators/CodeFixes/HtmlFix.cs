namespace Modular.Generators;

/// <summary>Writes <c>Html($"…")</c> around an interpolated string that a lambda returns.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class HtmlFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MOD003"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.AdditionalLocations is not [var place] || root.FindNode(place.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax text
                || Interpolated(text) is not { } html) continue;
            var changed = FunctionOf(text) switch
            {
                // A lambda gets the type of what it returns.
                LambdaExpressionSyntax lambda when lambda is not ParenthesizedLambdaExpressionSyntax { ReturnType: not null } && IsOnly(lambda, text) =>
                    root.ReplaceNode(text, Call(html).WithTriviaFrom(text)),
                MethodDeclarationSyntax method when IsOnly(method, text) && Retyped(method.ReturnType) is { } type =>
                    root.ReplaceNodes([method.ReturnType, text], (old, _) => old == text ? Call(html).WithTriviaFrom(text) : type.WithTriviaFrom(old)),
                LocalFunctionStatementSyntax method when IsOnly(method, text) && Retyped(method.ReturnType) is { } type =>
                    root.ReplaceNodes([method.ReturnType, text], (old, _) => old == text ? Call(html).WithTriviaFrom(text) : type.WithTriviaFrom(old)),
                _ => null,
            };
            if (changed is not null) context.RegisterCodeFix(CodeAction.Create("Write Html($\"…\"), which escapes its values",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), equivalenceKey: "html"), diagnostic);
        }
    }

    // "Hello " + name as $"Hello {name}".
    static InterpolatedStringExpressionSyntax? Interpolated(ExpressionSyntax text)
    {
        if (text is InterpolatedStringExpressionSyntax interpolated) return interpolated;
        List<InterpolatedStringContentSyntax> parts = [];
        return Add(text) ? SyntaxFactory.InterpolatedStringExpression(SyntaxFactory.Token(SyntaxKind.InterpolatedStringStartToken), SyntaxFactory.List(parts)) : null;

        bool Add(ExpressionSyntax expression)
        {
            switch (expression)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                    return Add(sum.Left) && Add(sum.Right);
                case LiteralExpressionSyntax { Token: { RawKind: (int)SyntaxKind.StringLiteralToken } token } when token.Text.StartsWith("\"", StringComparison.Ordinal):
                    var inner = token.Text.Substring(1, token.Text.Length - 2).Replace("{", "{{").Replace("}", "}}");
                    parts.Add(SyntaxFactory.InterpolatedStringText(SyntaxFactory.Token(SyntaxTriviaList.Empty, SyntaxKind.InterpolatedStringTextToken, inner, inner, SyntaxTriviaList.Empty)));
                    return true;
                case IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or InvocationExpressionSyntax:
                    parts.Add(SyntaxFactory.Interpolation(expression.WithoutTrivia()));
                    return true;
                default:
                    return false;
            }
        }
    }

    static InvocationExpressionSyntax Call(InterpolatedStringExpressionSyntax html) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.IdentifierName("Html"), SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(html.WithoutTrivia()))));

    static SyntaxNode? FunctionOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(
        one => one is AnonymousFunctionExpressionSyntax or MethodDeclarationSyntax or LocalFunctionStatementSyntax);

    // Other results would be of another type.
    static bool IsOnly(SyntaxNode function, ExpressionSyntax text)
    {
        var place = text.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax tuple } ? tuple : (SyntaxNode)text;
        if (place.Parent is not (ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax)) return false;
        return function.DescendantNodes(node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>().Count() <= 1;
    }

    static TypeSyntax? Retyped(TypeSyntax type) => type.ToString() switch
    {
        "string" => SyntaxFactory.ParseTypeName("Markup"),
        "Task<string>" => SyntaxFactory.ParseTypeName("Task<Markup>"),
        "ValueTask<string>" => SyntaxFactory.ParseTypeName("ValueTask<Markup>"),
        _ => null,
    };
}
