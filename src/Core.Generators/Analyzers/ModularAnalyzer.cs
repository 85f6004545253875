using System.Runtime.CompilerServices;

namespace Modular.Generators;

/// <summary>The core's types, resolved once for each compilation.</summary>
sealed class ModularSymbols
{
    static readonly ConditionalWeakTable<Compilation, ModularSymbols> Known = new();

    readonly ConcurrentDictionary<IAssemblySymbol, bool> _isModular = new(SymbolEqualityComparer.Default);

    ModularSymbols(Compilation compilation)
    {
        INamedTypeSymbol? Core(string name) => compilation.GetTypeByMetadataName(name);
        (RouteGroup, App, Blueprint) = (Core("Modular.RouteGroup"), Core("Modular.ModularApp"), Core("Modular.Blueprint"));
        (Current, Functions, Request, Context) = (Core("Modular.Current"), Core("Modular.Functions"), Core("Modular.Request"), Core("Modular.RequestContext"));
        (Response, Markup, TextView) = (Core("Modular.Response"), Core("Modular.Markup"), Core("Modular.TextView`1"));
        Parsable = Core("System.IParsable`1");
        (Task, ValueTask) = (Core("System.Threading.Tasks.Task"), Core("System.Threading.Tasks.ValueTask"));
        (TaskOf, ValueTaskOf) = (Core("System.Threading.Tasks.Task`1"), Core("System.Threading.Tasks.ValueTask`1"));
        // Other assemblies may add endpoints, converters and plugins to an application.
        IsAlone = compilation.SourceModule.ReferencedAssemblySymbols.All(assembly => !UsesCore(assembly) || IsOurs(assembly));
        Program = ProgramFacts.Read(compilation);
        IsProgram = compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;
    }

    internal INamedTypeSymbol? RouteGroup { get; }
    internal INamedTypeSymbol? App { get; }
    internal INamedTypeSymbol? Blueprint { get; }
    internal INamedTypeSymbol? Current { get; }
    internal INamedTypeSymbol? Functions { get; }
    internal INamedTypeSymbol? Request { get; }
    internal INamedTypeSymbol? Context { get; }
    internal INamedTypeSymbol? Response { get; }
    internal INamedTypeSymbol? Markup { get; }
    internal INamedTypeSymbol? TextView { get; }
    internal INamedTypeSymbol? Parsable { get; }
    internal INamedTypeSymbol? Task { get; }
    internal INamedTypeSymbol? ValueTask { get; }
    internal INamedTypeSymbol? TaskOf { get; }
    internal INamedTypeSymbol? ValueTaskOf { get; }
    internal bool IsAlone { get; }

    /// <summary>What the generator found in all files; null when it didn't run, or found nothing.</summary>
    internal ProgramFacts? Program { get; }
    internal bool IsProgram { get; }

    internal static ModularSymbols Of(Compilation compilation) => Known.GetValue(compilation, static one => new(one));

    internal bool IsTask(ITypeSymbol? type) => Same(type, Task) || Same(type, ValueTask) || Same(type?.OriginalDefinition, TaskOf) || Same(type?.OriginalDefinition, ValueTaskOf);

    /// <summary>The type of a task's result; another type itself.</summary>
    internal ITypeSymbol? Awaited(ITypeSymbol? type) => type is INamedTypeSymbol { TypeArguments: [var result] } && IsTask(type) ? result : type;

    internal static bool Same(ISymbol? one, ISymbol? other) => one is not null && SymbolEqualityComparer.Default.Equals(one, other);

    /// <summary>True for the core and the packages of this repository.</summary>
    internal static bool IsOurs(IAssemblySymbol assembly) => assembly.Name == CoreNames.Core || Packages.All.Contains(assembly.Name);

    bool UsesCore(IAssemblySymbol assembly) => _isModular.GetOrAdd(assembly, static one =>
        one.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == CoreNames.Core)));

    /// <summary>True for a member of <c>Current</c> that needs a request, also one that a plugin adds.</summary>
    internal bool IsOfCurrent(ISymbol member) => member is { IsStatic: true, Name: not ("HasRequest" or "HasContext") }
        && (Same(member.ContainingType, Current) || Same(ExtendedBy(member), Current));

    /// <summary>The view that the operation is in; null in any other function.</summary>
    internal IMethodSymbol? ViewAround(IOperation operation, ISymbol containing)
    {
        for (var at = operation.Parent; at is not null; at = at.Parent)
        {
            if (at is IAnonymousFunctionOperation lambda)
            {
                var place = at.Parent;
                while (place is IDelegateCreationOperation or IConversionOperation or IArgumentOperation) place = place.Parent;
                return place is IInvocationOperation call && RouteCall.Of(call, this) is not null ? lambda.Symbol : null;
            }
            if (at is ILocalFunctionOperation local) return IsView(local.Symbol);
        }
        return containing is IMethodSymbol method ? IsView(method) : null;

        IMethodSymbol? IsView(IMethodSymbol one) => Program?.Views.Contains(CoreNames.KeyOf(one)) is true ? one : null;
    }

    /// <summary>The type that a member of an extension block extends.</summary>
    internal static ITypeSymbol? ExtendedBy(ISymbol member) => member.ContainingType is { IsExtension: true } block ? block.ExtensionParameter?.Type : null;
}

/// <summary>What all analyzers share: they run at once, skip generated code, and only start where the core is referenced.</summary>
public abstract class ModularAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (ModularSymbols.Of(start.Compilation) is { RouteGroup: not null } symbols && !(IsForSitesOnly && IsTest(start.Options))) Start(start, symbols);
        });
    }

    /// <summary>True for what only harms a site with visitors, and not a project of tests.</summary>
    protected private virtual bool IsForSitesOnly => false;

    static bool IsTest(AnalyzerOptions options) =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.IsTestProject", out var value)
        && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    protected private abstract void Start(CompilationStartAnalysisContext context, ModularSymbols symbols);
}
