using System.Diagnostics;
using System.Reflection;

namespace Modular.Debugger;

/// <summary>A failure prepared for output: the exceptions with their frames, the outermost first.</summary>
sealed record ErrorReport(Failure Failure, IReadOnlyList<ErrorPart> Parts)
{
    const int MostParts = 20;

    internal static ErrorReport Of(Failure failure, ModularApp app)
    {
        using var frames = new FrameReader(app);
        List<ErrorPart> parts = [];
        Add(failure.Error, null);
        return new(failure, parts);

        void Add(Exception error, string? role)
        {
            if (parts.Count == MostParts) return;
            parts.Add(new(error, role, frames.Read(error)));
            var inner = error is AggregateException many ? [.. many.InnerExceptions] : error.InnerException is { } one ? new[] { one } : [];
            for (var i = 0; i < inner.Length; i++) Add(inner[i], inner.Length == 1 ? "Caused by" : $"Caused by {i + 1} of {inner.Length}");
        }
    }
}

/// <summary>One exception of the chain.</summary>
/// <param name="Role">Its relation to the previous exception. Null for the first.</param>
/// <param name="Frames">The innermost first, as in .NET.</param>
sealed record ErrorPart(Exception Error, string? Role, IReadOnlyList<Frame> Frames)
{
    internal string Type => MethodNames.Of(Error.GetType());

    /// <summary>The message. A template's position is shown separately.</summary>
    internal string Message => Template?.Problem ?? Error.Message;

    /// <summary>The template error, or null.</summary>
    internal ISourceError? Template => Error as ISourceError;
}

/// <summary>A call.</summary>
/// <param name="Method">The name as in the source: <c>lambda in Index</c>.</param>
/// <param name="Type">The declaring type, or null.</param>
/// <param name="Assembly">The assembly of the type.</param>
/// <param name="File">The source file. Null without symbols.</param>
/// <param name="Line">The line, from 1. 0 without symbols.</param>
/// <param name="Source">The surrounding lines. Null for the framework, or when the source isn't available.</param>
sealed record Frame(string Method, string? Type, string? Assembly, string? File, int Line, SourceLines? Source)
{
    /// <summary>True for a frame of the application.</summary>
    internal bool IsUser => Source is not null;

    public override string ToString() => $"{Method}{(Type is null ? "" : $" in {Type}")}{(File is null ? "" : $", {File}:{Line}")}";
}

/// <summary>Reads the frames of exceptions, with sources if they are available.</summary>
sealed class FrameReader : IDisposable
{
    readonly SourceFiles _files = new();
    readonly HashSet<string> _frameworks;

    internal FrameReader(ModularApp app) => _frameworks =
    [
        .. app.Plugins.Select(plugin => plugin.Manifest.Id), typeof(ModularApp).Assembly.GetName().Name!,
        typeof(FrameReader).Assembly.GetName().Name!,
    ];

    internal IReadOnlyList<Frame> Read(Exception error) =>
        [.. new StackTrace(error, fNeedFileInfo: true).GetFrames().Select(Read).OfType<Frame>()];

    Frame? Read(StackFrame frame)
    {
        if (frame.GetMethod() is not { } method) return null;
        if (IsHidden(method)) return null;
        var assembly = method.Module.Assembly;
        var (file, line) = (frame.GetFileName(), frame.GetFileLineNumber());
        var source = file is null || line == 0 || IsFramework(assembly) ? null : _files.Around(assembly, file, line);
        return new(MethodNames.Of(method), method.DeclaringType is { } type ? MethodNames.Of(type) : null, assembly.GetName().Name, file,
            line, source);
    }

    static bool IsHidden(MethodBase method) =>
        method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)
            || method.DeclaringType?.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false) == true;

    bool IsFramework(Assembly assembly) => _frameworks.Contains(assembly.GetName().Name!) || IsShared(assembly.Location);

    static bool IsShared(string location) =>
        Path.GetDirectoryName(location) is { } folder && (folder == Path.GetDirectoryName(typeof(object).Assembly.Location)
            || folder == Path.GetDirectoryName(typeof(HttpContext).Assembly.Location));

    public void Dispose() => _files.Dispose();
}
