namespace Modular.Generators;

/// <summary>MOD004: <c>UrlFor</c> with a name that no endpoint has, or without a value that all rules of the endpoint need.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UrlAnalyzer : ModularAnalyzer
{
    internal const string Missing = "missing";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Url];

    private protected override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols)
    {
        ConcurrentBag<Fact> facts = [];
        ConcurrentBag<Use> uses = [];
        context.RegisterSyntaxNodeAction(node =>
        {
            if (FactReader.MayBe(node.Node) && new FactReader(node.SemanticModel, node.CancellationToken).Read(node.Node) is { } fact) facts.Add(fact);
        }, SyntaxKind.InvocationExpression, SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression);
        context.RegisterOperationAction(operation =>
        {
            var call = (IInvocationOperation)operation.Operation;
            if (call.TargetMethod.Name == "UrlFor" && ModularSymbols.Same(call.TargetMethod.ContainingType, symbols.Functions)
                && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "endpoint") is { Value: { ConstantValue: { HasValue: true, Value: string name } } value })
                uses.Add(new(name, value.Syntax, NamesOf(call)));
        }, OperationKind.Invocation);
        // Others could add endpoints, or the whole application.
        if (symbols.IsAlone) context.RegisterCompilationEndAction(end => Check(end.ReportDiagnostic, new EndpointTable(facts), uses));
    }

    static void Check(Action<Diagnostic> report, EndpointTable table, IEnumerable<Use> uses)
    {
        if (table.Rules.Count == 0) return;
        var rules = table.Rules.ToLookup(rule => rule.FullName);
        string[] names = [.. rules.Select(group => group.Key)];
        foreach (var use in uses)
        {
            // ".show" is relative to the blueprint of the request, and "static" is an endpoint of every application.
            if (use.Endpoint.StartsWith('.') || use.Endpoint == "static" || use.Endpoint.EndsWith(".static", StringComparison.Ordinal)) continue;
            if (rules[use.Endpoint].ToList() is { Count: > 0 } found) CheckValues(report, use, found, table);
            else if (table.IsComplete)
            {
                var near = Suggest.Nearest(use.Endpoint, names) ?? names.FirstOrDefault(name => name.Split('.').Last() == use.Endpoint.Split('.').Last());
                report(Diagnostic.Create(Descriptors.Url, use.Place.GetLocation(), Descriptors.Replace(near),
                    $"There is no endpoint \"{use.Endpoint}\".{(near is null ? " Add a rule for it first." : $" Did you mean \"{near}\"?")}"));
            }
        }
    }

    static void CheckValues(Action<Diagnostic> report, Use use, List<KnownRule> rules, EndpointTable table)
    {
        // Values can come from defaults, from hooks, or from rules that aren't known.
        if (use.Names is not { } given || table.HasUrlDefaults || !table.IsComplete || rules.Exists(rule => rule.HasDefaults)) return;
        var missing = rules.Select(rule => rule.Parsed.Variables.Where(name => !given.Contains(name)).ToArray()).OrderBy(names => names.Length).First();
        if (missing.Length > 0) report(Diagnostic.Create(Descriptors.Url, use.Place.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(Missing, string.Join(",", missing)),
            $"The URL for \"{use.Endpoint}\" needs the value{(missing.Length > 1 ? "s" : "")} \"{string.Join("\" and \"", missing)}\"."
            + $" Write UrlFor(\"{use.Endpoint}\", {string.Join(", ", missing.Select(name => $"(\"{name}\", …)"))})."));
    }

    // The names of the values; null when some are known only when the program runs.
    static HashSet<string>? NamesOf(IInvocationOperation call)
    {
        HashSet<string> names = [];
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name != "values") continue;
            if (argument.ArgumentKind is not (ArgumentKind.ParamArray or ArgumentKind.ParamCollection)) return null;
            foreach (var element in ElementsOf(argument.Value))
            {
                if (RouteCall.Unwrapped(element) is not ITupleOperation { Elements: [{ ConstantValue: { HasValue: true, Value: string name } }, _] }) return null;
                names.Add(name);
            }
        }
        return names;
    }

    static IEnumerable<IOperation> ElementsOf(IOperation value) => RouteCall.Unwrapped(value) switch
    {
        IArrayCreationOperation { Initializer.ElementValues: var elements } => elements,
        ICollectionExpressionOperation { Elements: var elements } => elements,
        var other => [other],
    };

    sealed record Use(string Endpoint, SyntaxNode Place, HashSet<string>? Names);
}
