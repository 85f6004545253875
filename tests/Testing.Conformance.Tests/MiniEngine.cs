using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Modular.Testing.Conformance.Tests;

/// <summary>What a bad engine does.</summary>
public enum Fault { None, NoEscape, EscapesMarkup, ToStrings, OwnJson, AlwaysEscapes, NoArguments, FakeLayouts, SharedFilters, KeepsTemplates, Culture, RendersOnce, SharedValues, NoSteps, NoPlace, WrapsErrors, Reflects, IgnoresMissing, ReadsOutput }

/// <summary>
/// A small engine: <c>[[v]]</c>, <c>[[v|filter]]</c>, <c>[[f(v, name=v)]]</c>, <c>[[?v]]…[[/]]</c>, <c>[[*list]]…[[/]]</c>, <c>[[.]]</c>, <c>[[!comment]]</c>, <c>[[>part.html]]</c>,
/// <c>[[>>variable]]</c>.
/// </summary>
sealed partial class MiniEngine(TemplateLibrary library, Fault fault) : ITemplateEngine
{
    static readonly ConcurrentDictionary<string, TemplateFilter> AllFilters = new();
    static readonly ConcurrentDictionary<string, ITemplate> AllTemplates = new();

    internal TemplateLibrary Library => library;
    internal Fault Fault => fault;

    public ITemplate Compile(TemplateSource source)
    {
        List<Node> open = [new("", "", 0)];
        foreach (Match part in Part().Matches(source.Text))
        {
            var (kind, text) = (part.Groups["kind"].Value, part.Groups["text"].Value.Trim());
            if (!part.Value.StartsWith("[[", StringComparison.Ordinal)) open[^1].Children.Add(new("text", part.Value, part.Index));
            else if (kind == "/" && open.Count > 1) open.RemoveAt(open.Count - 1);
            else
            {
                var node = new Node(kind, text, part.Index);
                if (kind.Length == 0 && text.EndsWith(')') && !library.Functions.Contains(text.Split('(')[0])) throw Error(source, node, $"There is no function \"{text.Split('(')[0]}\".");
                open[^1].Children.Add(node);
                if (kind is "?" or "*") open.Add(node);
            }
        }
        return open.Count == 1 ? new MiniTemplate(this, source, open[0]) : throw Error(source, open[^1], "A tag is never closed. Write [[/]] after it.");
    }

    internal TemplateException Error(TemplateSource source, Node node, string problem, Exception? inner = null)
    {
        var (line, column) = fault == Fault.NoPlace ? (0, 0) : source.Locate(node.Position);
        return new(problem, source, line, column, inner);
    }

    internal TemplateFilter Filter(string name) => fault == Fault.SharedFilters ? AllFilters.GetOrAdd(name, library.Filters[name]) : library.Filters[name];

    internal ITemplate Get(string name) => fault == Fault.KeepsTemplates ? AllTemplates.GetOrAdd(name, library.Get) : library.Get(name);

    internal sealed record Node(string Kind, string Text, int Position)
    {
        internal List<Node> Children { get; } = [];
    }

    [GeneratedRegex(@"\[\[(?<kind>[?*!/]|>>|>|)(?<text>.*?)\]\]|.+?(?=\[\[|$)", RegexOptions.Singleline)]
    private static partial Regex Part();
}

sealed class MiniTemplate(MiniEngine engine, TemplateSource source, MiniEngine.Node root) : ITemplate
{
    static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    TemplateValues? _shared;
    bool _isRendered;

    public ValueTask RenderAsync(TemplateRender render)
    {
        if (engine.Fault == Fault.RendersOnce && _isRendered) throw new InvalidOperationException("It was rendered.");
        _isRendered = true;
        _shared ??= render.Values;
        Render(render, null);
        if (engine.Fault == Fault.ReadsOutput) render.Output.Write($"<!-- {render.Output.ToString().Length} -->");
        return default;
    }

    void Render(TemplateRender render, object? item)
    {
        render.Enter(source.Name);
        try
        {
            Write(root, render, item);
        }
        finally
        {
            render.Leave();
        }
    }

    void Write(MiniEngine.Node parent, TemplateRender render, object? item)
    {
        foreach (var node in parent.Children)
            try
            {
                WriteNode(node, render, item);
            }
            catch (Exception error) when (engine.Fault == Fault.WrapsErrors)
            {
                throw new InvalidOperationException(error.Message, error);
            }
            catch (Exception error) when (error is not (TemplateException or HttpException or OperationCanceledException))
            {
                throw engine.Error(source, node, error.Message, error);
            }
    }

    void WriteNode(MiniEngine.Node node, TemplateRender render, object? item)
    {
        switch (node.Kind)
        {
            case "text": render.Output.Write(node.Text); break;
            case "!": break;
            case ">": Include(node.Text, render, item); break;
            case ">>": Include(Find(node.Text, render, item)?.ToString() ?? "", render, item); break;
            case "?" when Find(node.Text, render, item) is not (null or false): Write(node, render, item); break;
            case "*" when Find(node.Text, render, item) is IEnumerable items:
                foreach (var one in engine.Fault == Fault.NoSteps ? items : render.Counted(items)) Write(node, render, one);
                break;
            case "": WriteValue(render, Evaluate(node.Text, render, item)); break;
        }
    }

    void Include(string name, TemplateRender render, object? item)
    {
        if (engine.Fault == Fault.IgnoresMissing && !engine.Library.Exists(name)) return;
        ((MiniTemplate)engine.Get(name)).Render(render, item);
    }

    object? Evaluate(string text, TemplateRender render, object? item)
    {
        if (text.EndsWith(')') && text.Split('(', 2) is [var function, var rest])
        {
            string[] parts = [.. rest[..^1].Split(',').Select(part => part.Trim())];
            var arguments = engine.Fault == Fault.NoArguments ? TemplateArguments.None : new TemplateArguments(
                [.. parts.Where(part => !part.Contains('=', StringComparison.Ordinal)).Select(part => Find(part, render, item))],
                [.. parts.Where(part => part.Contains('=', StringComparison.Ordinal)).Select(part => (part.Split('=')[0], Find(part.Split('=')[1], render, item)))], render);
            return Find(function, render, item) is TemplateFunction call ? call(arguments) : throw new ModularException($"There is no function \"{function}\".");
        }
        if (text.Split('|') is not [var path, var filter]) return Find(text, render, item);
        var value = Find(path, render, item);
        if (filter == "tojson" && engine.Fault == Fault.OwnJson) return new Markup(System.Text.Json.JsonSerializer.Serialize(value, Relaxed));
        return engine.Filter(filter)(value, new TemplateArguments([], [], render));
    }

    object? Find(string path, TemplateRender render, object? item)
    {
        if (path.StartsWith('\'')) return path.Trim('\'');
        if (int.TryParse(path, CultureInfo.InvariantCulture, out var number)) return number;
        if (path == ".") return item;
        var names = path.Split('.');
        (engine.Fault == Fault.SharedValues ? _shared! : render.Values).TryGet(names[0], out var value);
        foreach (var name in names.Skip(1)) value = Member(value, name, render);
        return value;
    }

    object? Member(object? target, string name, TemplateRender render) => engine.Fault == Fault.Reflects
        ? target?.GetType().GetProperty(name, System.Reflection.BindingFlags.IgnoreCase | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance)?.GetValue(target)
        : render.TryGetMember(target, name, out var value) ? value : null;

    void WriteValue(TemplateRender render, object? value)
    {
        switch (engine.Fault)
        {
            case Fault.NoEscape: render.Output.Write(value is TemplateFunction ? "" : render.TextOf(value)); break;
            case Fault.EscapesMarkup when value is Markup markup: render.Output.WriteValue(markup.ToString()); break;
            case Fault.ToStrings: render.Output.WriteValue(value?.ToString()); break;
            case Fault.AlwaysEscapes: render.Output.Write(Markup.Escape(render.TextOf(value)).ToString()); break;
            case Fault.Culture when value is IFormattable number: render.Output.WriteValue(number.ToString(null, CultureInfo.CurrentCulture)); break;
            default: render.Output.WriteValue(value); break;
        }
    }
}

sealed class MiniPlugin(Fault fault) : IPlugin
{
    public PluginManifest Manifest { get; } = new("Example.Mini", core: "[0.2,1.0)") { Dependencies = [new("Modular.Templating", "app.UseTemplating()")] };

    public void Install(PluginBuilder builder) => builder.TemplateEngine("mini", [".mini"], library => new MiniEngine(library, fault));
}

sealed class MiniDialect(Fault fault) : EngineDialect
{
    public override string Name => "mini";
    public override void Install(ModularApp app) => app.UseTemplating().Use(new MiniPlugin(fault));
    public override string Value(string path) => $"[[{path}]]";
    public override string Filter(string path, string filter) => $"[[{path}|{filter}]]";
    public override string Call(string function, string positional, string name, string named) => $"[[{function}({positional}, {name}={named})]]";
    public override string If(string condition, string body) => $"[[?{condition}]]{body}[[/]]";
    public override string Each(string list, string body) => $"[[*{list}]]{body}[[/]]";
    public override string Item => "[[.]]";
    public override string Comment(string text) => $"[[!{text}]]";
    public override string Include(string template) => $"[[>{template}]]";
    public override string IncludeNamed(string variable) => $"[[>>{variable}]]";
    public override string? Block(string name, string body) => fault == Fault.FakeLayouts ? body : null;
    public override string? Extends(string layout, params (string Name, string Body)[] blocks) => fault == Fault.FakeLayouts ? $"[[>{layout}]]" : null;
    public override (string Text, int Line, int Column) Mistake => ("a\n  [[?x]]\nb", 2, 3);
}
