namespace Modular.Generators;

/// <summary>Reads facts from single expressions. It binds receivers, names and constants alone, never the views' bodies.</summary>
sealed class FactReader(SemanticModel model, CancellationToken cancellationToken)
{
    static readonly string[] Words = ["Get", "Post", "Put", "Patch", "Delete", "Route", "WebSocket"];

    /// <summary>True when the syntax may be a fact; a look at the names alone.</summary>
    internal static bool MayBe(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } call => name.Identifier.Text switch
        {
            "Register" or "UrlDefaults" or "Converter" => call.ArgumentList.Arguments.Count > 0,
            ['U', 's', 'e', ..] => true,
            "Route" when name is GenericNameSyntax => call.ArgumentList.Arguments.Count > 0,
            var word => call.ArgumentList.Arguments.Count > 1 && Words.Contains(word),
        },
        ObjectCreationExpressionSyntax { Type: var type } => LastName(type) is "Blueprint" or "ModularApp",
        ImplicitObjectCreationExpressionSyntax implicitly => TypeOfDeclaration(implicitly) is { } type && LastName(type) is "Blueprint" or "ModularApp",
        _ => false,
    };

    internal Fact? Read(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call => OfCall(call, access),
        BaseObjectCreationExpressionSyntax creation => TypeOf(creation) is var type && type.Is("ModularApp") ? new AppFact()
            : type.Is("Blueprint") ? OfBlueprint(creation) : null,
        _ => null,
    };

    Fact? OfCall(InvocationExpressionSyntax call, MemberAccessExpressionSyntax access)
    {
        if (access.Name.Identifier.Text is ['U', 's', 'e', ..] and var install)
            return TypeOf(access.Expression).Is("ModularApp") ? new InstallFact(IsOurs(call) ? install : "Use") : null;
        if (!TypeOf(access.Expression).IsRouteGroup()) return access.Name.Identifier.Text == "Converter" ? new ConverterFact(null) : null;
        var scope = KeyOf(access.Expression, isScope: true);
        return access.Name.Identifier.Text switch
        {
            "Register" => OfRegistration(call, scope),
            "UrlDefaults" => new UrlDefaultsFact(),
            "Converter" => new ConverterFact(TextOf(call.ArgumentList.Arguments[0].Expression)),
            var word => OfRoute(call, access.Name, word, scope),
        };
    }

    // The word of another library's plugin may install anything, as app.Use(new SomePlugin()).
    bool IsOurs(InvocationExpressionSyntax call) => model.GetSymbolInfo(call, cancellationToken).Symbol is not { ContainingAssembly.Name: var assembly }
        || assembly.StartsWith("Modular.", StringComparison.Ordinal);

    RouteFact? OfRoute(InvocationExpressionSyntax call, SimpleNameSyntax name, string word, string? scope)
    {
        var view = name is GenericNameSyntax { TypeArgumentList.Arguments: [var type] } && word == "Route" && !HasView(call) ? type : null;
        string[] order = view is not null ? ["rule", "endpoint", "options"]
            : word switch
            {
                "Route" => ["rule", "view", "endpoint", "methods", "options"],
                "WebSocket" => ["rule", "view", "endpoint"],
                _ => ["rule", "view", "endpoint", "options"],
            };
        var arguments = new CallArguments(call.ArgumentList, order);
        if (arguments["rule"] is not { } ruleText) return null;
        var rule = TextOf(ruleText);
        var (hidden, defaults) = OfOptions(arguments["options"]);
        var (endpoint, isKnown, method) = view is not null ? (LastName(view), true, null) : NameOf(arguments["view"]);
        if (arguments["endpoint"] is { } given && !given.IsKind(SyntaxKind.NullLiteralExpression))
            return new(scope, rule, TextOf(given), !hidden && TextOf(given) is not null && rule is not null, defaults, method);
        return new(scope, rule, endpoint, !hidden && isKnown && rule is not null, defaults, method);
    }

    // Route<Markup>(rule, view) names the type that the view returns, Route<UserView>(rule) the class of the view.
    static bool HasView(InvocationExpressionSyntax call) => call.ArgumentList.Arguments is [_, var second, ..]
        && second.NameColon?.Name.Identifier.Text is not ("endpoint" or "options") && !second.Expression.IsKind(SyntaxKind.StringLiteralExpression);

    // Hidden: variables of hosts, or options that were made elsewhere.
    (bool Hidden, bool Defaults) OfOptions(ExpressionSyntax? options)
    {
        if (options is null || options.IsKind(SyntaxKind.NullLiteralExpression)) return default;
        if (options is not BaseObjectCreationExpressionSyntax { Initializer: var initializer }) return (true, true);
        var (hidden, defaults) = (false, false);
        foreach (var assignment in initializer?.Expressions.OfType<AssignmentExpressionSyntax>() ?? [])
        {
            if (assignment.Left is not IdentifierNameSyntax { Identifier.Text: var property }) continue;
            hidden |= property is "Host" or "Subdomain" && (TextOf(assignment.Right) is not { } text || text.Contains('<'));
            defaults |= property is "Defaults";
        }
        return (hidden, defaults);
    }

    (string? Name, bool IsKnown, string? Method) NameOf(ExpressionSyntax? view)
    {
        switch (view)
        {
            case AnonymousFunctionExpressionSyntax:
                return (null, true, null);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax or GenericNameSyntax:
                var info = model.GetSpeculativeSymbolInfo(view.SpanStart, view, SpeculativeBindingOption.BindAsExpression);
                var methods = info.Symbol is { } one ? [one] : info.CandidateSymbols;
                return methods is [IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ReducedExtension } method, ..]
                    && method.ContainingType is not { IsGenericType: true } ? (method.Name, true, CoreNames.KeyOf(method)) : (null, false, null);
            default:
                return (null, false, null);
        }
    }

    RegisterFact OfRegistration(InvocationExpressionSyntax call, string? parent)
    {
        var arguments = new CallArguments(call.ArgumentList, parent is { Length: > 0 }
            ? ["child", "urlPrefix"] : ["blueprint", "urlPrefix", "name", "subdomain", "defaults"]);
        var (prefix, name, subdomain) = (Given("urlPrefix"), Given("name"), Given("subdomain"));
        var blueprint = arguments["blueprint"] ?? arguments["child"];
        return new(parent, blueprint is null ? null : KeyOf(blueprint, isScope: false), name.Text, prefix.Text,
            prefix.IsKnown && name.IsKnown && subdomain.IsKnown && subdomain.Text?.Contains('<') is not true, arguments["defaults"] is not null);

        (string? Text, bool IsKnown) Given(string argument) => arguments[argument] is not { } given || given.IsKind(SyntaxKind.NullLiteralExpression)
            ? (null, true) : (TextOf(given), TextOf(given) is not null);
    }

    BlueprintFact OfBlueprint(BaseObjectCreationExpressionSyntax creation)
    {
        var arguments = new CallArguments(creation.ArgumentList, ["name", "urlPrefix", "options"]);
        var prefix = arguments["urlPrefix"] is { } given && !given.IsKind(SyntaxKind.NullLiteralExpression) ? TextOf(given) : "";
        var (hidden, defaults) = OfOptions(arguments["options"]);
        return new(new(KeysOf(creation)), arguments["name"] is { } name ? TextOf(name) : null, hidden ? null : prefix, defaults);
    }

    IEnumerable<string> KeysOf(BaseObjectCreationExpressionSyntax creation)
    {
        SyntaxNode node = creation;
        while (node.Parent is ParenthesizedExpressionSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax) node = node.Parent;
        List<string> keys = [];
        switch (node.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax or PropertyDeclarationSyntax } value:
                Add(value.Parent);
                if (value.Parent is VariableDeclaratorSyntax { Identifier.Text: var local } && FunctionAround(creation) is { } maker
                    && maker.DescendantNodes().OfType<ReturnStatementSyntax>().Any(returned => returned.Expression is IdentifierNameSyntax name
                        && name.Identifier.Text == local)) Add(maker);
                break;
            case ReturnStatementSyntax or ArrowExpressionClauseSyntax when FunctionAround(creation) is { } function:
                Add(function);
                break;
            case AssignmentExpressionSyntax { Left: var left } assignment when assignment.Right == node && KeyOf(left, isScope: false) is { } key:
                keys.Add(key);
                break;
        }
        return keys;

        void Add(SyntaxNode? declaration)
        {
            if (declaration is not null && model.GetDeclaredSymbol(declaration, cancellationToken) is { } symbol) keys.Add(KeyOf(symbol));
        }
    }

    static SyntaxNode? FunctionAround(SyntaxNode node) => node.Ancestors().FirstOrDefault(
        around => around is MethodDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax or AnonymousFunctionExpressionSyntax)
        is { } function and not AnonymousFunctionExpressionSyntax ? function : null;

    // What a receiver or an argument refers to. Empty for an application.
    string? KeyOf(ExpressionSyntax expression, bool isScope)
    {
        // Set-up methods return what they are called on.
        while (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner } } && TypeOf(inner).IsRouteGroup())
            expression = inner;
        if (isScope && TypeOf(expression).Is("ModularApp")) return "";
        if (expression is InvocationExpressionSyntax call) expression = call.Expression;
        if (expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax)) return null;
        var info = model.GetSpeculativeSymbolInfo(expression.SpanStart, expression, SpeculativeBindingOption.BindAsExpression);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) switch
        {
            IParameterSymbol or null => null,
            var symbol => KeyOf(symbol),
        };
    }

    static string KeyOf(ISymbol symbol) => symbol is ILocalSymbol
        ? $"{symbol.ContainingSymbol.ToDisplayString()}/{symbol.Name}@{symbol.Locations[0].SourceTree?.FilePath}:{symbol.Locations[0].SourceSpan.Start}"
        : symbol.ToDisplayString();

    // What "new()" is, its place says.
    ITypeSymbol? TypeOf(ExpressionSyntax expression) => expression is ImplicitObjectCreationExpressionSyntax ? model.GetTypeInfo(expression, cancellationToken).Type : model.GetSpeculativeTypeInfo(
        expression.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Type;

    string? TextOf(ExpressionSyntax expression) => expression is LiteralExpressionSyntax { Token.Value: string text } ? text
        : expression is LambdaExpressionSyntax ? null
        : model.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: string constant } ? constant : null;

    static TypeSyntax? TypeOfDeclaration(ImplicitObjectCreationExpressionSyntax creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } } => declaration.Type,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Type,
        ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method } => method.ReturnType,
        ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Type,
        _ => null,
    };

    static string LastName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.Text,
        QualifiedNameSyntax { Right: var name } => name.Identifier.Text,
        AliasQualifiedNameSyntax { Name: var name } => name.Identifier.Text,
        _ => "",
    };
}

/// <summary>A call's arguments by the names of their parameters.</summary>
readonly struct CallArguments(ArgumentListSyntax? list, string[] order)
{
    internal ExpressionSyntax? this[string parameter]
    {
        get
        {
            if (list is null) return null;
            for (var i = 0; i < list.Arguments.Count; i++)
                if ((list.Arguments[i].NameColon?.Name.Identifier.Text ?? order.ElementAtOrDefault(i)) == parameter) return list.Arguments[i].Expression;
            return null;
        }
    }
}
