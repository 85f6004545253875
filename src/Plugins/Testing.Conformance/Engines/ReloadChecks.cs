using System.Collections.Concurrent;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Modular.Testing.Conformance;

/// <summary>Changed files, and several threads.</summary>
static class ReloadChecks
{
    const int Workers = 8;
    const int PagesOfWorker = 2_000;

    internal static void Changes(EngineUnderTest engine, Findings findings)
    {
        const string Remedy =
            "Keep compiled templates only in the engine object, and get included ones with TemplateLibrary.Get or GetSource.";
        var dialect = engine.Dialect;
        engine.Add("part.html", "old").Add("page.html", $"<p>{dialect.Include("part.html")}</p>");
        var (debug, production) = (engine.App(), engine.App());
        (debug.Debug, production.Debug) = (true, false);

        findings.Try("a page that includes a template", Remedy);
        findings.Equal("<p>old</p> <p>old</p>", $"{Page(debug)} {Page(production)}", Remedy);
        engine.Add("part.html", "newer");
        findings.Try("the same page after a change of the included template, in debug mode and in production", Remedy);
        findings.Equal("<p>newer</p> <p>old</p>", $"{Page(debug)} {Page(production)}", Remedy);
        if (!dialect.HasLayouts) return;
        engine.Add("base.html", dialect.Layout).Add("page.html", dialect.Extends("base.html", ("content", "x")));
        findings.Try("a page after a change of its layout", Remedy);
        findings.Equal("<html><head><title>Base</title></head><body>x</body></html>", Page(debug), Remedy);
        engine.Add("base.html", dialect.Layout.Replace("Base", "Other base", StringComparison.Ordinal));
        findings.Equal("<html><head><title>Other base</title></head><body>x</body></html>", Page(debug), Remedy);

        static string Page(ModularApp app)
        {
            using var scope = app.TestRequestContext("/");
            return EngineUnderTest.Page("page.html");
        }
    }

    internal static async Task CompilesOnce(EngineUnderTest engine, Findings findings, CancellationToken cancellationToken)
    {
        engine.Add("a.html", engine.Dialect.Value("v"));
        using var files = new PhysicalFileProvider(Path.Combine(engine.Folder, "templates"));
        var counting = new CountingProvider(files);
        var app = engine.App(options: new() { Folders = [], Providers = [counting] });
        app.TestRequestContext("/").Dispose();
        ConcurrentBag<string> pages = [];
        findings.Try("64 first pages of a template on 16 threads", "Read files only through the library.");
        await Parallel.ForEachAsync(Enumerable.Range(0, 64), new ParallelOptions { MaxDegreeOfParallelism = 16 }, (_, _) =>
        {
            using var scope = app.TestRequestContext("/");
            pages.Add(EngineUnderTest.Page("a.html", ("v", "x")));
            return default;
        });
        findings.Equal("x", string.Join(", ", pages.Distinct()), "Several threads compile and render at the same time.");
        findings.Equal(1, counting.Reads, "Read files only through the library.");
    }

    internal static async Task MixesNothing(EngineUnderTest engine, Findings findings, CancellationToken cancellationToken)
    {
        const string Remedy =
            "Keep the state of a page in its own objects. A compiled template is rendered by several threads at the same time.";
        var dialect = engine.Dialect;
        var body = dialect.Each("list", dialect.Item) + dialect.Include("part.html");
        engine.Add("part.html", dialect.Value("v")).Add("base.html", dialect.HasLayouts ? dialect.Layout : "");
        engine.Add("page.html", dialect.HasLayouts
            ? dialect.Extends("base.html", ("title", dialect.Value("v")), ("content", body))
            : $"<html><head><title>{dialect.Value("v")}</title></head><body>{body}</body></html>");
        var app = engine.App();
        ConcurrentBag<string> wrong = [];
        findings.Try($"{Workers * PagesOfWorker} pages on {Workers} threads", Remedy);
        await Parallel.ForEachAsync(Enumerable.Range(0, Workers), cancellationToken, async (worker, _) =>
        {
            await Task.Yield();
            using var scope = app.TestRequestContext("/");
            for (var i = worker * PagesOfWorker; i < (worker + 1) * PagesOfWorker && wrong.IsEmpty; i++)
            {
                var page = EngineUnderTest.Page("page.html", ("v", i), ("list", new[] { i, i }));
                if (page != $"<html><head><title>{i}</title></head><body>{i}{i}{i}</body></html>") wrong.Add($"the page of {i} is {page}");
            }
        });
        foreach (var page in wrong.Take(1)) findings.Add(page, Remedy);
    }

    /// <summary>Counts the files that are read.</summary>
    sealed class CountingProvider(IFileProvider inner) : IFileProvider
    {
        int _reads;

        internal int Reads => _reads;

        public IFileInfo GetFileInfo(string subpath) => new Counted(inner.GetFileInfo(subpath), this);

        public IDirectoryContents GetDirectoryContents(string subpath) => inner.GetDirectoryContents(subpath);

        public IChangeToken Watch(string filter) => inner.Watch(filter);

        sealed class Counted(IFileInfo file, CountingProvider provider) : IFileInfo
        {
            public bool Exists => file.Exists;
            public bool IsDirectory => file.IsDirectory;
            public DateTimeOffset LastModified => file.LastModified;
            public long Length => file.Length;
            public string Name => file.Name;
            public string? PhysicalPath => null;

            public Stream CreateReadStream()
            {
                Interlocked.Increment(ref provider._reads);
                return file.CreateReadStream();
            }
        }
    }
}
