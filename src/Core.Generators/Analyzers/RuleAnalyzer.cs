namespace Modular.Generators;

/// <summary>MOD001: what the core's own parser says about a rule.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RuleAnalyzer : ModularAnalyzer
{
    static readonly Regex Braces = new(@"\{\s*(\*{0,2})([A-Za-z_]\w*)(:[^{}/<]*)?\??\s*\}", RegexOptions.CultureInvariant);
    static readonly Regex Colon = new(@"(?<=\A|/):([A-Za-z_]\w*)\??", RegexOptions.CultureInvariant);
    static readonly Regex Star = new(@"(?<=\A|/)\*(\w*)(?=/|\z)", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Rule];

    protected private override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols) => context.RegisterOperationAction(operation =>
    {
        if (RouteCall.Of((IInvocationOperation)operation.Operation, symbols) is not { Rule: { } rule, RuleArgument: { } argument } call) return;
        // A blueprint's rule may be empty or without its slash, because the prefix precedes it.
        var parsed = ParsedRule.Of(rule, isWhole: call.IsOfApp);
        if (parsed.Problem is { } problem) Report(problem, Corrected(rule, call.IsOfApp));
        // Other assemblies could add converters.
        else if (symbols is { IsAlone: true, Program: { HasUnknownConverters: false } program }
            && parsed.ConvertersOf.FirstOrDefault(converter => converter.IsCustom && !program.Converters.Contains(converter.Name)) is { } custom)
        {
            string[] known = [.. ConverterTable.BuiltIn, .. program.Converters];
            Report(ConverterTable.Unknown(custom.Name, rule, known), Suggest.Nearest(custom.Name, known) is { } near
                ? Regex.Replace(rule, $@"<{Regex.Escape(custom.Name)}(?=[(:])", $"<{near}") : null);
        }

        void Report(string message, string? fix) =>
            operation.ReportDiagnostic(Diagnostic.Create(Descriptors.Rule, argument.Syntax.GetLocation(), Descriptors.Replace(fix), message));
    }, OperationKind.Invocation);

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
