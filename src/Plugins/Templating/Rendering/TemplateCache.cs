using System.Collections.Concurrent;

namespace Modular.Templating;

/// <summary>
/// The compiled templates of an application since its start or the last change of a file. When a file changes, all templates and engines
/// are dropped, because others
/// may include, extend or contain the changed template.
/// </summary>
sealed class TemplateCache
{
    readonly TemplateSetup _setup;
    readonly ConcurrentDictionary<string, Lazy<Entry>> _compiled = new();
    readonly ConcurrentDictionary<string, ITemplate> _strings = new();
    readonly ConcurrentDictionary<string, (TemplateSource Source, TemplateFolders.Stamp Stamp)> _sources = new();
    readonly EngineLibrary[] _libraries;

    internal TemplateCache(TemplateSetup setup)
    {
        _setup = setup;
        _libraries = [.. setup.Engines.Select(engine => new EngineLibrary(this, engine))];
    }

    /// <summary>A compiled template, its file, its engine, and whether it is HTML.</summary>
    internal sealed record Entry(ITemplate Template, TemplateFolders.Stamp Stamp, TemplateEngineEntry Engine, bool Escapes)
    {
        /// <summary>The length of the last page in characters, as an estimate for the next.</summary>
        internal int Size { get; set; }
    }

    /// <summary>The compiled template, or null when it doesn't exist. Concurrent first requests compile it once.</summary>
    internal Entry? Find(string name)
    {
        if (_compiled.TryGetValue(name, out var known)) return known.Value;
        if (!_setup.Folders.Has(name)) return null;
        var lazy = _compiled.GetOrAdd(name, _ => new(() => Compile(name)));
        try
        {
            return lazy.Value;
        }
        catch
        {
            _compiled.TryRemove(new(name, lazy));       // the file may be corrected, and failed names must not fill the memory
            throw;
        }
    }

    /// <summary>A template from a string. A few hundred are cached.</summary>
    internal ITemplate OfString(string text, string? engine)
    {
        const int Kept = 256;
        ArgumentNullException.ThrowIfNull(text);
        var key = $"{engine}\n{text}";
        if (_strings.TryGetValue(key, out var known)) return known;
        if (_strings.Count >= Kept) _strings.Clear();
        var entry = _setup.EngineNamed(engine ?? _setup.Options.Engine);
        var library = Array.Find(_libraries, library => library.Entry == entry)!;
        return _strings.GetOrAdd(key, library.Compile(new("<string>", text)));
    }

    /// <summary>True when no used template has changed in the folders.</summary>
    internal bool IsCurrent()
    {
        foreach (var (name, lazy) in _compiled)
            if (lazy.IsValueCreated && _setup.Folders.Look(name) != lazy.Value.Stamp) return false;
        foreach (var (name, read) in _sources)
            if (_setup.Folders.Look(name) != read.Stamp) return false;
        return true;
    }

    Entry Compile(string name)
    {
        var (source, stamp) = Load(name);
        var engine = _setup.EngineOf(name);
        var library = Array.Find(_libraries, library => library.Entry == engine)!;
        return new(library.Compile(source), stamp, engine, _setup.Escapes(name));
    }

    (TemplateSource Source, TemplateFolders.Stamp Stamp) Load(string name) => _setup.Folders.Load(name) ?? throw _setup.NotFound([name]);

    /// <summary>The library of one engine.</summary>
    sealed class EngineLibrary(TemplateCache generation, TemplateEngineEntry entry) : TemplateLibrary
    {
        readonly Lock _making = new();
        ITemplateEngine? _engine;

        internal TemplateEngineEntry Entry => entry;

        /// <summary>The engine. It is created with its first template.</summary>
        internal ITemplateEngine Engine
        {
            get
            {
                if (_engine is { } known) return known;
                lock (_making) return _engine ??= entry.Make(this);
            }
        }

        public override IReadOnlyDictionary<string, TemplateFilter> Filters => generation._setup.Words.Filters;
        public override IReadOnlyCollection<string> Functions => generation._setup.FunctionNames;
        public override bool IsDebug => generation._setup.IsDebug;
        public override TemplateLimits Limits => generation._setup.Options.Limits;

        public override ITemplate Get(string name)
        {
            var found = generation.Find(name) ?? throw generation._setup.NotFound([name]);
            return found.Engine == entry ? found.Template : throw Foreign(name, found.Engine);
        }

        public override TemplateSource GetSource(string name)
        {
            var owner = generation._setup.Folders.Has(name) ? generation._setup.EngineOf(name) : throw generation._setup.NotFound([name]);
            if (owner != entry) throw Foreign(name, owner);
            return generation._sources.GetOrAdd(name, generation.Load).Source;
        }

        /// <exception cref="TemplateException">The template has a mistake.</exception>
        internal ITemplate Compile(TemplateSource source)
        {
            var engine = Engine;
            try
            {
                return engine.Compile(source);
            }
            catch (Exception error) when (EngineError.IsForeign(error))
            {
                throw EngineError.Of(error, source);
            }
        }

        TemplateException Foreign(string name, TemplateEngineEntry owner) => new(
            $"Template {Quoted.Text(name)} belongs to the engine {owner.Name}, but a template of {entry.Name} includes it. " +
            "Include only templates of the same engine.", name);

        public override bool Exists(string name) => generation._setup.Folders.Has(name) && generation._setup.EngineOf(name) == entry;
    }
}
