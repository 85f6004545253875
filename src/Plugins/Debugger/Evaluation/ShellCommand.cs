using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Microsoft.Extensions.DependencyInjection;
using Modular.Cli;

namespace Modular.Debugger;

/// <summary><c>shell</c>: a C# prompt with the application, for the command line.</summary>
static class ShellCommand
{
    static readonly CSharpParseOptions Script = new(kind: SourceCodeKind.Script);

    internal static AppCommand Command { get; } = new("shell", "Opens a C# prompt with app and services.", RunAsync)
    {
        Examples = ["shell"],
    };

    static async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var app = call.Services.GetRequiredService<ModularApp>();
        using var evaluator = new Evaluator([new("app", typeof(ModularApp), app),
            new("services", typeof(IServiceProvider), call.Services)], TimeSpan.FromDays(1), () => app.AppContext());
        await call.Output.WriteLineAsync($"C# with {app.Name}: app and services are available. Ctrl-D or \"exit\" ends it.");
        while (await ReadAsync(call, cancellationToken) is { } code && code.Trim() is not "exit")
        {
            if (string.IsNullOrWhiteSpace(code)) continue;
            var (output, error, value) = await evaluator.RunAsync(code, cancellationToken);
            await call.Output.WriteAsync(output);
            if (error is not null) await call.Error.WriteLineAsync(error);
            if (value is null) continue;
            await call.Output.WriteLineAsync(value.Text);
            foreach (var node in value.HasMembers ? evaluator.Expand(value.Id) : [])
                await call.Output.WriteLineAsync($"  {node.Name}: {node.Text}");
        }
        return 0;
    }

    /// <summary>Reads an entry of one or more lines, until it is complete or a line is empty. Null at the end of the input.</summary>
    static async Task<string?> ReadAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var code = "";
        while (true)
        {
            await call.Output.WriteAsync(code.Length == 0 ? "> " : ". ");
            await call.Output.FlushAsync(cancellationToken);
            if (await call.Input.ReadLineAsync(cancellationToken) is not { } line) return code.Length == 0 ? null : code;
            code = code.Length == 0 ? line : $"{code}\n{line}";
            if (line.Length == 0 || SyntaxFactory.IsCompleteSubmission(CSharpSyntaxTree.ParseText(SourceText.From(code), Script,
                cancellationToken: cancellationToken))) return code;
        }
    }
}
