using System.Collections.Frozen;

namespace Modular.Templating.Jinja;

/// <summary>Jinja for one application.</summary>
sealed class JinjaEngine : ITemplateEngine
{
    // Names that the contract or a plugin gives to every page.
    static readonly FrozenSet<string> FlaskNames = FrozenSet.Create("request", "session", "g", "config", "url_for",
        "get_flashed_messages", "current_app");

    readonly FrozenDictionary<string, BuiltInFilter> _filters;
    readonly IReadOnlyDictionary<string, JinjaTest> _tests;
    readonly IReadOnlySet<string> _ownNames;

    internal JinjaEngine(TemplateLibrary library, JinjaOptions options, IReadOnlyDictionary<string, JinjaTest> tests,
        IReadOnlySet<string> ownNames)
    {
        (Library, Options, _tests, _ownNames) = (library, options, tests, ownNames);
        _filters = FilterTable.Of(library);
        Delimiters = new(options);
        Globals = GlobalTable.Of(options).ToFrozenDictionary();
    }

    internal TemplateLibrary Library { get; }
    internal JinjaOptions Options { get; }
    internal Delimiters Delimiters { get; }
    internal FrozenDictionary<string, object?> Globals { get; }

    internal IEnumerable<string> FilterNames => _filters.Keys;
    internal IEnumerable<string> TestNames => TestTable.BuiltIn.Keys.Concat(_tests.Keys);

    internal BuiltInFilter? FindFilter(string name) => _filters.GetValueOrDefault(name);

    /// <summary>A test: the application's, a built-in one, or a filter of the application that gives true or false.</summary>
    internal BuiltInFilter? FindTest(string name) =>
        _tests.TryGetValue(name, out var own) ? (state, value, arguments) => own(value, arguments.ForApplication(state))
        : TestTable.BuiltIn.TryGetValue(name, out var test) ? test
        : FilterTable.IsOwn(Library, name) ? _filters[name]
        : null;

    internal bool IsHidden(string name) => !Options.FlaskGlobals && FlaskNames.Contains(name) && !_ownNames.Contains(name);

    public ITemplate Compile(TemplateSource source) => new Parser(this, source).Template();

    internal JinjaTemplate Get(string name) => (JinjaTemplate)Library.Get(name);
}
