namespace Modular.Generators;

/// <summary>Writes the class <c>Urls</c>: a method for each endpoint that is known when the program is compiled.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class UrlsGenerator : IIncrementalGenerator
{
    internal const string FactStep = "Facts", MethodStep = "Methods";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());

        var facts = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => FactReader.MayBe(node), static (found, cancellationToken) =>
                new FactReader(found.SemanticModel, cancellationToken).Read(found.Node))
            .Where(static fact => fact is not null)
            .WithTrackingName(FactStep)
            .Collect();

        // An application that has its own class keeps it.
        var isWanted = context.CompilationProvider.Select(static (compilation, _) =>
                compilation.ReferencedAssemblyNames.Any(name => name.Name == CoreNames.Core) && compilation.Assembly.GetTypeByMetadataName("Modular.Urls") is null)
            .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
                !options.GlobalOptions.TryGetValue("build_property.ModularTypedUrls", out var value) || value != "disable"))
            .Select(static (both, _) => both.Left && both.Right);

        var methods = facts.Select(static (all, _) => UrlMethods.Of(new EndpointTable(all!))).WithTrackingName(MethodStep).Combine(isWanted);

        // For the analyzers, which then know all files of the program when they look at one.
        context.RegisterSourceOutput(facts.Select(static (all, _) => all.IsEmpty ? "" : ProgramFacts.Write(all!)).WithTrackingName("Program"), static (output, text) =>
        {
            if (text.Length > 0) output.AddSource(ProgramFacts.File, text);
        });
        context.RegisterSourceOutput(methods, static (output, given) =>
        {
            if (given.Right && given.Left.All.Count > 0) output.AddSource("Modular.Urls.g.cs", UrlsWriter.Write(given.Left));
        });
    }
}
