using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Modular.Generators.Tests;

/// <summary>Programs that are compiled with the packages and their global usings.</summary>
static class Programs
{
    internal const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Modular;
        global using Modular.Routing;
        global using Modular.Sessions;
        global using Modular.Flashing;
        global using Modular.Login;
        global using Modular.Templating;
        global using Modular.Templating.Liquid;
        global using Modular.WebSockets;
        global using static Modular.Functions;
        global using static Modular.Flashing.FlashFunctions;
        global using static Modular.Login.LoginFunctions;
        global using static Modular.Templating.TemplatingFunctions;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.Extensions.DependencyInjection;
        """;

    // Not the test's own framework and not Modular.Testing, whose applications are made elsewhere.
    internal static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal) || file.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                || file.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || file is "netstandard.dll" or "mscorlib.dll" or "Microsoft.Net.Http.Headers.dll" or "Microsoft.Extensions.dll"
                || (file.StartsWith("Modular.", StringComparison.Ordinal) && !file.EndsWith(".Tests.dll", StringComparison.Ordinal) && !file.Contains("Tests.Support", StringComparison.Ordinal) && !file.Contains("Generators", StringComparison.Ordinal)
                    && !file.Contains("CodeFixes", StringComparison.Ordinal))))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    internal static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    // All programs begin with it, because the compiler then reads the references once.
    internal static readonly CSharpCompilation Empty = CSharpCompilation.Create("Program", [CSharpSyntaxTree.ParseText(Usings, Language, "Usings.cs")], References,
        new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>A program, with an application in the variable app when it makes none.</summary>
    internal static string Program(string code) => code.Contains("var app = ", StringComparison.Ordinal) ? code : $"var app = new ModularApp();\n{code}";

    /// <summary>Checks the diagnostics of a program: those that are marked as {|MOD001:…|}, and no others.</summary>
    internal static async Task Verify<TAnalyzer>(string code, params (string Path, string Text)[] files) where TAnalyzer : DiagnosticAnalyzer, new() =>
        await Prepared(new Checked<TAnalyzer>(), code, files).RunAsync();

    /// <summary>Checks that nothing is found in a test project.</summary>
    internal static async Task VerifyInTests<TAnalyzer>(string code) where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = Prepared(new Checked<TAnalyzer>(), code, []);
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nbuild_property.IsTestProject = true"));
        await test.RunAsync();
    }

    /// <summary>Checks the message of the only diagnostic.</summary>
    internal static async Task<string> MessageOf<TAnalyzer>(string code) where TAnalyzer : DiagnosticAnalyzer, new() =>
        Assert.Single(await DiagnosticsOf(code, new TAnalyzer())).GetMessage(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Checks that a fix turns the program into another one.</summary>
    internal static async Task Fix<TAnalyzer, TFix>(string code, string corrected, int fix = 0, (string Path, string Text)[]? files = null)
        where TAnalyzer : DiagnosticAnalyzer, new() where TFix : CodeFixProvider, new()
    {
        var test = Prepared(new Fixed<TAnalyzer, TFix>
        {
            CodeActionIndex = fix,
            // All findings of a program are in one document, so fixing all of the project and of the solution would repeat that.
            CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllInProjectCheck | CodeFixTestBehaviors.SkipFixAllInSolutionCheck,
        }, code, files ?? []);
        test.FixedState.Sources.Add(("/0/Test0.cs", Program(corrected)));
        test.FixedState.Sources.Add(("/0/Usings.cs", Usings));
        await test.RunAsync();
    }

    static TTest Prepared<TTest>(TTest test, string code, (string Path, string Text)[] files) where TTest : AnalyzerTest<DefaultVerifier>
    {
        test.TestState.Sources.Add(("/0/Test0.cs", Program(code)));
        test.TestState.Sources.Add(("/0/Usings.cs", Usings));
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        test.ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        test.TestState.AdditionalReferences.AddRange(References);
        foreach (var (path, text) in files) test.TestState.AdditionalFiles.Add((path, text));
        test.TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipGeneratedCodeCheck;
        test.MarkupOptions = MarkupOptions.UseFirstDescriptor;
        test.SolutionTransforms.Add((solution, project) => solution.WithProjectParseOptions(project, Language).WithProjectCompilationOptions(project,
            ((CSharpCompilationOptions)solution.GetProject(project)!.CompilationOptions!).WithNullableContextOptions(NullableContextOptions.Enable)));
        test.CompilerDiagnostics = CompilerDiagnostics.Errors;
        return test;
    }

    internal static CSharpCompilation Compile(string code, string name = "Program", OutputKind kind = OutputKind.ConsoleApplication)
    {
        var empty = (name, kind) == ("Program", OutputKind.ConsoleApplication) ? Empty : Empty.WithAssemblyName(name).WithOptions(Empty.Options.WithOutputKind(kind));
        return empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(code, Language, "Program.cs"));
    }

    internal static async Task<ImmutableArray<Diagnostic>> DiagnosticsOf(string code, params DiagnosticAnalyzer[] analyzers)
    {
        CSharpGeneratorDriver.Create([new UrlsGenerator().AsSourceGenerator()], parseOptions: Language)
            .RunGeneratorsAndUpdateCompilation(Compile(Program(code)), out var compilation, out _);
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return await compilation.WithAnalyzers([.. analyzers]).GetAnalyzerDiagnosticsAsync();
    }

    // The analyzers read what the generator found.
    sealed class Checked<TAnalyzer> : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> where TAnalyzer : DiagnosticAnalyzer, new()
    {
        protected override IEnumerable<Type> GetSourceGenerators() => [typeof(UrlsGenerator)];
    }

    sealed class Fixed<TAnalyzer, TFix> : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier> where TAnalyzer : DiagnosticAnalyzer, new() where TFix : CodeFixProvider, new()
    {
        protected override IEnumerable<Type> GetSourceGenerators() => [typeof(UrlsGenerator)];
    }
}
