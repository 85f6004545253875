using System.Collections.Concurrent;

namespace Modular.Templating;

/// <summary>
/// The compiled templates of an application, from its start or from the last change of a file on. When one changes, all go, and so do the engines: whatever
/// includes, extends or has compiled in the changed one cannot be left behind.
/// </summary>
sealed class TemplateCache
{
    readonly TemplateSetup _setup;
    readonly ConcurrentDictionary<string, Lazy<Entry>> _compiled = new();
    readonly ConcurrentDictionary<string, ITemplate> _strings = new();
    readonly EngineLibrary[] _libraries;

    internal TemplateCache(TemplateSetup setup)
    {
        _setup = setup;
        _libraries = [.. setup.Engines.Select(engine => new EngineLibrary(this, engine))];
    }

    /// <summary>A compiled template, the file that it was made of, the engine that made it, and whether it is HTML.</summary>
    internal sealed record Entry(ITemplate Template, TemplateFolders.Stamp Stamp, TemplateEngineEntry Engine, bool Escapes)
    {
        /// <summary>Characters of the last page: a guess at the next one's.</summary>
        internal int Size { get; set; }
    }

    /// <summary>The compiled template; null when there is none of this name. Threads that ask for it first at the same time compile it once.</summary>
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
            _compiled.TryRemove(new(name, lazy));       // a mistake may be mended, and must not fill the memory
            throw;
        }
    }

    /// <summary>A template that is no file. A few hundred are kept.</summary>
    internal ITemplate OfString(string text, string? engine)
    {
        const int Kept = 256;
        ArgumentNullException.ThrowIfNull(text);
        var key = $"{engine}\n{text}";
        if (_strings.TryGetValue(key, out var known)) return known;
        if (_strings.Count >= Kept) _strings.Clear();
        var entry = _setup.EngineNamed(engine ?? _setup.Options.Engine);
        var library = Array.Find(_libraries, library => library.Entry == entry)!;
        return _strings.GetOrAdd(key, library.Engine.Compile(new("<string>", text)));
    }

    /// <summary>True when each template that was used is still what lies in the folders.</summary>
    internal bool IsCurrent()
    {
        foreach (var (name, lazy) in _compiled)
            if (lazy.IsValueCreated && _setup.Folders.Look(name) != lazy.Value.Stamp) return false;
        return true;
    }

    Entry Compile(string name)
    {
        var (source, stamp) = _setup.Folders.Load(name) ?? throw _setup.NotFound([name]);
        var engine = _setup.EngineOf(name);
        var library = Array.Find(_libraries, library => library.Entry == engine)!;
        return new(library.Engine.Compile(source), stamp, engine, _setup.Escapes(name));
    }

    /// <summary>What one engine sees.</summary>
    sealed class EngineLibrary(TemplateCache generation, TemplateEngineEntry entry) : TemplateLibrary
    {
        readonly Lock _making = new();
        ITemplateEngine? _engine;

        internal TemplateEngineEntry Entry => entry;

        /// <summary>Made when its first template is asked for.</summary>
        internal ITemplateEngine Engine
        {
            get
            {
                if (_engine is { } known) return known;
                lock (_making) return _engine ??= entry.Make(this);
            }
        }

        public override IReadOnlyDictionary<string, TemplateFilter> Filters => generation._setup.Filters;
        public override IReadOnlyCollection<string> Functions => generation._setup.FunctionNames;
        public override bool IsDebug => generation._setup.IsDebug;
        public override TemplateLimits Limits => generation._setup.Options.Limits;

        public override ITemplate Get(string name)
        {
            var found = generation.Find(name) ?? throw generation._setup.NotFound([name]);
            return found.Engine == entry ? found.Template : throw new TemplateException(
                $"Template {Quoted.Text(name)} is one of {found.Engine.Name}, and was asked for by one of {entry.Name}. Include templates of one engine only.", name);
        }

        public override bool Exists(string name) => generation._setup.Folders.Has(name) && generation._setup.EngineOf(name) == entry;
    }
}
