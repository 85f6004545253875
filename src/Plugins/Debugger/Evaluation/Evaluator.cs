using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Modular.Debugger;

/// <summary>
/// Evaluates C# entries in sequence. Variables, functions and usings of an entry are available to the next ones. A failed entry keeps the
/// effects that it already had.
/// </summary>
/// <param name="names">The predefined variables.</param>
/// <param name="limit">The maximum time that an entry runs, without the time to compile it.</param>
/// <param name="scope">Opens a scope around each entry, such as an application context. Null when a context is already current.</param>
sealed class Evaluator(IReadOnlyList<EvaluatorName> names, TimeSpan limit, Func<IDisposable>? scope = null) : IDisposable
{
    readonly EvaluatorGlobals _globals = new(names.ToDictionary(name => name.Name, name => name.Value));
    readonly SemaphoreSlim _turn = new(1);
    readonly Inspector _inspector = new();
    ScriptState<object>? _state;

    /// <summary>Evaluates an entry on a separate thread. Entries run one at a time.</summary>
    /// <param name="code">Statements, or an expression without a semicolon, whose value is the result.</param>
    /// <param name="cancellationToken">Stops waiting for the entry. Code that doesn't check <c>Cancel</c> continues to run, because .NET
    /// can't stop it from outside.</param>
    internal async Task<Evaluation> RunAsync(string code, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var output = new ConsoleCapture();
        try
        {
            _globals.Cancel = over.Token;
            var state = await Task.Factory.StartNew(() => ContinueAsync(code, output, over), CancellationToken.None,
                TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .Unwrap().WaitAsync(over.Token);
            _state = state;
            return new(output.Text, state.Exception is { } error ? Told(error) : null,
                state.Exception is null && state.ReturnValue is { } value ? _inspector.Show(null, value) : null);
        }
        catch (CompilationErrorException error)
        {
            return new(output.Text, string.Join('\n', error.Diagnostics.Select(Told)), null);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            var why = cancellationToken.IsCancellationRequested
                ? "Cancelled."
                : string.Create(CultureInfo.InvariantCulture, $"Timed out after {limit.TotalSeconds:0.##} second{(limit.TotalSeconds is 1 ? "" : "s")}.");
            return new(output.Text, $"{why} Code that doesn't check Cancel continues to run in the background. " +
                "Call Cancel.ThrowIfCancellationRequested() in a loop.", null);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The completions at a position of an entry, in order.</summary>
    internal IReadOnlyList<string> Complete(string code, int position) =>
        Completion.At((_state?.Script ?? First()).ContinueWith(code), code, position);

    /// <summary>The members of a shown value. Empty when the value is no longer kept.</summary>
    internal IReadOnlyList<Node> Expand(int id) => _inspector.Expand(id);

    public void Dispose() => _turn.Dispose();

    // The first entry waits for the compiler to be loaded, which takes seconds on a busy machine, so only the run is limited.
    async Task<ScriptState<object>> ContinueAsync(string code, ConsoleCapture output, CancellationTokenSource over)
    {
        using var context = scope?.Invoke();
        using var captured = output.Begin();
        var state = _state ??= await First().RunAsync(_globals, over.Token);
        var script = state.Script.ContinueWith<object>(code);
        script.Compile(over.Token);         // RunFromAsync uses it again, and throws the errors
        over.CancelAfter(limit);
        return await script.RunFromAsync(state, catchException: _ => true, over.Token);
    }

    // The generated first entry declares a variable for each name.
    Script<object> First()
    {
        var code = new StringBuilder();
        foreach (var (name, type, _) in names)
        {
            var seen = CSharpNames.Of(Visible(type));
            code.Append(CultureInfo.InvariantCulture, $"var {name} = ({seen}){nameof(EvaluatorGlobals.Values)}[\"{name}\"];\n");
        }
        return CSharpScript.Create<object>(code.ToString(), Options(), typeof(EvaluatorGlobals));
    }

    static Type Visible(Type type)
    {
        while (!type.IsVisible) type = type.BaseType!;
        return type;
    }

    // All loaded assemblies can be used, and the namespaces of Modular's packages need no using.
    static ScriptOptions Options()
    {
        var assemblies = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0)
            .ToImmutableArray();
        var own = assemblies.Where(assembly => assembly.GetName().Name!.StartsWith("Modular.", StringComparison.Ordinal))
            .SelectMany(NamespacesOf);
        return ScriptOptions.Default.WithReferences(assemblies).WithAllowUnsafe(false).WithImports(((string[])
        [
            "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading.Tasks",
                "Microsoft.Extensions.DependencyInjection", "Modular.Functions", .. own,
        ]).Distinct());
    }

    static IEnumerable<string> NamespacesOf(Assembly assembly) =>
        assembly.GetExportedTypes().Select(type => type.Namespace).OfType<string>().Distinct();

    static string Told(Diagnostic error)
    {
        var place = error.Location.GetLineSpan().StartLinePosition;
        return $"({place.Line + 1},{place.Character + 1}): {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
    }

    // Up to the entry's own frame, because the frames below belong to the console.
    static string Told(Exception error)
    {
        var lines = error.ToString().Split('\n');
        var end = Array.FindIndex(lines, line => line.Contains("Submission#", StringComparison.Ordinal));
        return string.Join('\n', end < 0 ? lines : lines[..end]).TrimEnd();
    }
}
