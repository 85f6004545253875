using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;
using Fluid.Ast;
using Fluid.Values;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;
using Modular;
using Modular.Templating;

namespace Acme.Templating.Fluid;

/// <summary>The engine of one application. Fluid's own tags include templates, whose text comes from the library.</summary>
sealed class FluidEngine : ITemplateEngine, ITemplateCache, IFileProvider
{
    const int ScopesOfTemplate = 8;

    static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    readonly TemplateLibrary _library;
    readonly PageParser _parser = new();
    readonly ConcurrentDictionary<string, FluidTemplate> _included = new();

    internal FluidEngine(TemplateLibrary library, FluidOptions options)
    {
        _library = library;
        Options = new()
        {
            FileProvider = this,
            TemplateCache = this,
            DefaultFileExtension = "",
            StrictFilters = true,
            // Fluid counts scopes, such as the one of a loop, to stop a macro that calls itself. Templates have their own limit.
            MaxRecursion = checked(library.Limits.MaxDepth * ScopesOfTemplate),
        };
        options.Configure?.Invoke(Options);
        foreach (var (name, filter) in Options.Filters.ToList()) Options.Filters.AddFilter(name, WithPlainText(filter));
        foreach (var (name, filter) in library.Filters) Options.Filters.AddFilter(name, Called(filter));
        Options.Filters.AddFilter("json", Called(library.Filters["tojson"]));       // Fluid's own reads what isn't data
    }

    internal global::Fluid.TemplateOptions Options { get; }

    internal static TextEncoder EncoderOf(TemplateRender render) => render.Escapes ? Html : NullEncoder.Default;

    public ITemplate Compile(TemplateSource source) => Parse(source);

    /// <summary>A template that another one includes or extends.</summary>
    internal FluidTemplate Included(string name) => _included.GetOrAdd(name, _ => Parse(SourceOf(name)));

    // The tag from adds this ending to every name.
    TemplateSource SourceOf(string name) => _library.GetSource(
        name.EndsWith(FromStatement.ViewExtension, StringComparison.Ordinal) && !_library.Exists(name) ? name[..^FromStatement.ViewExtension.Length] : name);

    FluidTemplate Parse(TemplateSource source)
    {
        var context = new PageParseContext(source);
        try
        {
            if (_parser.Grammar.TryParse(context, out var statements, out var error)) return new(this, source, statements);
            var place = error?.Position ?? context.Scanner.Cursor.Position;
            throw At(source, place.Offset, error?.Message ?? "This isn't valid. Check the tag.");
        }
        catch (ParseException error)
        {
            throw At(source, context.Scanner.Cursor.Position.Offset, error.Message, error);
        }
    }

    static TemplateException At(TemplateSource source, int offset, string problem, Exception? inner = null)
    {
        var (line, column) = source.Locate(offset);
        return new(problem, source, line, column, inner);
    }

    // A filter of the application.
    static FilterDelegate Called(TemplateFilter filter) => (input, arguments, context) =>
    {
        var render = ((PageContext)context).Render;
        return PageValue.Of(filter(PageValue.ToObject(input, render),
            PageValue.Arguments(arguments.Count, arguments.At, arguments.Count == 0 ? null : arguments.Names, render)), render);
    };

    // Fluid's text filters keep the mark of HTML on what they put together with other text, so markup is given to them as text.
    static FilterDelegate WithPlainText(FilterDelegate filter) => (input, arguments, context) =>
        filter(PageValue.ForFluid(input, context.Options), arguments, context);

    // Fluid asks for a file first, and then for its template in the cache, which is never empty.
    bool ITemplateCache.TryGetTemplate(string subpath, DateTimeOffset lastModified, out IFluidTemplate template)
    {
        template = Included(subpath);
        return true;
    }

    void ITemplateCache.SetTemplate(string subpath, DateTimeOffset lastModified, IFluidTemplate template)
    {
    }

    IFileInfo IFileProvider.GetFileInfo(string subpath) => new LibraryFile(SourceOf(subpath));

    IDirectoryContents IFileProvider.GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    IChangeToken IFileProvider.Watch(string filter) => NullChangeToken.Singleton;

    sealed class LibraryFile(TemplateSource source) : IFileInfo
    {
        public bool Exists => true;
        public bool IsDirectory => false;
        public DateTimeOffset LastModified => default;
        public long Length => -1;
        public string Name => source.Name;
        public string? PhysicalPath => null;

        // Only the tag from reads it, because it doesn't ask the cache.
        public Stream CreateReadStream() => new MemoryStream(Encoding.UTF8.GetBytes(source.Text));
    }
}
