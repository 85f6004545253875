namespace Modular.Generators;

/// <summary>MOD004: <c>UrlFor</c> with a name that no endpoint has, or without a value that all rules of the endpoint need.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UrlAnalyzer : ModularAnalyzer
{
    internal const string Missing = "missing";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Url];

    protected private override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols)
    {
        // Others could add endpoints, or the whole application.
        if (symbols is not { IsAlone: true, Program: { Endpoints.Count: > 0 } program }) return;
        context.RegisterOperationAction(operation =>
        {
            var call = (IInvocationOperation)operation.Operation;
            if (call.TargetMethod.Name != "UrlFor" || !ModularSymbols.Same(call.TargetMethod.ContainingType, symbols.Functions)
                || call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "endpoint") is not { Value: { ConstantValue: { HasValue: true, Value: string name } } value }) return;
            if (program.Endpoints.TryGetValue(name, out var rules)) CheckValues(name, rules);
            // ".show" is relative to the blueprint of the request, and "static" is an endpoint of every application.
            else if (program.IsComplete && !name.StartsWith('.') && name.Split('.').Last() != "static")
            {
                var near = Suggest.Nearest(name, program.Endpoints.Keys)
                    ?? program.Endpoints.Keys.FirstOrDefault(other => other.Split('.').Last() == name.Split('.').Last());
                Report(Descriptors.Replace(near), $"There is no endpoint \"{name}\".{(near is null ? " Add a rule for it first." : $" Did you mean \"{near}\"?")}");
            }

            void CheckValues(string endpoint, List<ProgramFacts.Endpoint> rules)
            {
                // Values can come from defaults, from hooks, or from rules that aren't known.
                if (program.HasUrlDefaults || !program.IsComplete || rules.Exists(rule => rule.HasDefaults) || NamesOf(call) is not { } given) return;
                var missing = rules.Select(rule => rule.Variables.Where(variable => !given.Contains(variable)).ToArray()).OrderBy(names => names.Length).First();
                if (missing.Length > 0) Report(ImmutableDictionary<string, string?>.Empty.Add(Missing, string.Join(",", missing)),
                    $"The URL for \"{endpoint}\" needs the value{(missing.Length > 1 ? "s" : "")} \"{string.Join("\" and \"", missing)}\"."
                    + $" Write UrlFor(\"{endpoint}\", {string.Join(", ", missing.Select(one => $"(\"{one}\", …)"))}).");
            }

            void Report(ImmutableDictionary<string, string?> fix, string message) =>
                operation.ReportDiagnostic(Diagnostic.Create(Descriptors.Url, value.Syntax.GetLocation(), fix, message));
        }, OperationKind.Invocation);
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
}
