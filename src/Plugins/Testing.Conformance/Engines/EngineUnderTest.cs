using static Modular.Templating.TemplatingFunctions;

namespace Modular.Testing.Conformance;

/// <summary>A folder of templates and applications with the engine, for one check.</summary>
sealed class EngineUnderTest(EngineDialect dialect) : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modular-conformance-");

    internal EngineDialect Dialect => dialect;

    internal string Folder => _folder.FullName;

    /// <summary>Writes a template.</summary>
    internal EngineUnderTest Add(string name, string? text, string folder = "templates")
    {
        var path = Path.Combine(Folder, folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>An application with the engine.</summary>
    internal ModularApp App(TemplateLimits? limits = null, string? root = null, Action<ModularApp>? setUp = null,
        TemplateOptions? options = null)
    {
        var app = new ModularApp(new() { RootPath = root ?? Folder });
        app.Services.AddSingleton<ILoggerProvider>(new Errors());
        app.UseTemplating(options ?? new() { Limits = limits ?? new() });
        dialect.Install(app);
        app.TemplateFilter("twice", (value, _) => $"{value}{value}");
        app.TemplateFunction("echo", (_, arguments) => $"{arguments.Get(0, "text", "")}{arguments.Get(1, "more", "")}");
        app.TemplateFunction("fail", (_, _) => throw new InvalidOperationException("It failed."));
        setUp?.Invoke(app);
        return app;
    }

    /// <summary>Renders a text in the current request, or returns the exception's type and message.</summary>
    internal static string Rendered(string text, params (string Name, object? Value)[] values) =>
        Caught(() => RenderTemplateString(text, values).ToString());

    /// <inheritdoc cref="Rendered"/>
    internal static string Page(string name, params (string Name, object? Value)[] values) =>
        Caught(() => RenderTemplate(name, values).ToString());

    /// <summary>The exception of an action.</summary>
    /// <exception cref="Difference">There is none.</exception>
    internal static Exception Thrown(Func<string> action)
    {
        string result;
        try
        {
            result = action();
        }
        catch (Exception error)
        {
            return error;
        }
        throw new Difference($"no exception, but the page {Findings.Of(result)}");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // An exception in one of many pages is one difference, and the other pages are still tried.
    static string Caught(Func<string> render)
    {
        try
        {
            return render();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }
}
