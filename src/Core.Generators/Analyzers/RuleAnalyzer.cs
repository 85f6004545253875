namespace Modular.Generators;

/// <summary>MOD001: what the core's own parser says about a rule.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RuleAnalyzer : ModularAnalyzer
{
    static readonly Regex Braces = new(@"\{\s*(\*{0,2})([A-Za-z_]\w*)(:[^{}/<]*)?\??\s*\}", RegexOptions.CultureInvariant);
    static readonly Regex Colon = new(@"(?<=\A|/):([A-Za-z_]\w*)\??", RegexOptions.CultureInvariant);
    static readonly Regex Star = new(@"(?<=\A|/)\*(\w*)(?=/|\z)", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Rule, Descriptors.UnknownConverter];

    private protected override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols)
    {
        ConcurrentBag<(RouteCall Call, UrlConverter Converter)> custom = [];
        ConcurrentDictionary<string, bool> added = new();
        var hasOthers = !symbols.IsAlone;
        context.RegisterOperationAction(operation =>
        {
            var invocation = (IInvocationOperation)operation.Operation;
            if (invocation.TargetMethod.Name == "Converter" && invocation.Arguments is [{ Value.ConstantValue: var name }, ..])
            {
                if (name is { HasValue: true, Value: string text }) added[text] = true;
                else hasOthers = true;
            }
            else if (RouteCall.Of(invocation, symbols) is { Rule: { } rule, RuleArgument: { } argument } call)
            {
                // A blueprint's rule may be empty or without its slash, because the prefix precedes it.
                var parsed = ParsedRule.Of(rule, isWhole: call.IsOfApp);
                if (parsed.Problem is { } problem) operation.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.Rule, argument.Syntax.GetLocation(), Descriptors.Replace(Corrected(rule, call.IsOfApp)), problem));
                foreach (var converter in parsed.ConvertersOf.Where(converter => converter.IsCustom)) custom.Add((call, converter));
            }
        }, OperationKind.Invocation);
        context.RegisterCompilationEndAction(end =>
        {
            if (hasOthers) return;
            foreach (var (call, converter) in custom.Where(one => !added.ContainsKey(one.Converter.Name)))
            {
                string[] known = [.. ConverterTable.BuiltIn, .. added.Keys];
                var near = Suggest.Nearest(converter.Name, known);
                var fix = near is null ? null : Regex.Replace(call.Rule!, $@"<{Regex.Escape(converter.Name)}(?=[(:])", $"<{near}");
                end.ReportDiagnostic(Diagnostic.Create(Descriptors.UnknownConverter, call.RuleArgument!.Syntax.GetLocation(),
                    Descriptors.Replace(fix), ConverterTable.Unknown(converter.Name, call.Rule!, known)));
            }
        });
    }

    // With the slash, and with another framework's variables as Flask writes them; null when that isn't enough.
    static string? Corrected(string rule, bool isWhole)
    {
        var text = Braces.Replace(rule, match => Variable(match.Groups[1].Length > 0 ? "path" : match.Groups[3].Value.TrimStart(':').TrimEnd('?'), match.Groups[2].Value));
        text = Colon.Replace(text, match => Variable("", match.Groups[1].Value));
        text = Star.Replace(text, match => Variable("path", match.Groups[1].Length > 0 ? match.Groups[1].Value : "rest"));
        if (isWhole && !text.StartsWith('/')) text = "/" + text;
        return text != rule && ParsedRule.Of(text, isWhole).Problem is null ? text : null;

        static string Variable(string constraint, string name) => constraint switch
        {
            "int" or "long" => $"<int:{name}>",
            "double" or "float" or "decimal" => $"<float:{name}>",
            "guid" => $"<uuid:{name}>",
            "path" => $"<path:{name}>",
            _ => $"<{name}>",
        };
    }
}
