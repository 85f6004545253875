using static Modular.Templating.TemplatingFunctions;

namespace Modular.Testing.Conformance;

/// <summary>The limits of a page, and the end of its client.</summary>
static class LimitChecks
{
    const string Remedy = "Call Step for each item, Enter and Leave around each template, and write to the TemplateWriter. " +
        "Let a TemplateLimitException pass as it is.";

    const int Many = 1_000_000;
    const int Chain = 40;

    internal static void Limits(EngineUnderTest engine, Findings findings)
    {
        var dialect = engine.Dialect;
        // A chain with an end, and lists with an end: an engine without limits must not end or block the process of the tests.
        for (var i = 0; i < Chain; i++) engine.Add($"part{i}.html", dialect.Include($"part{i + 1}.html"));
        engine.Add($"part{Chain}.html", "");
        TemplateLimits limits = new() { MaxIterations = 10_000, MaxOutput = 5_000, MaxDepth = 10 };
        using (engine.App(limits).TestRequestContext("/"))
        {
            var many = Enumerable.Range(0, 150);
            Exceeds("loop iterations", dialect.Each("many", dialect.Each(dialect.FromLoop("many"), "")), ("many", many));
            Exceeds("loop iterations", dialect.Each("many", ""), ("many", Enumerable.Repeat(1, Many)));
            // A language that writes the quotes of each item can reach the limit of the output first.
            Exceeds("loop iterations|characters", dialect.Value("many"), ("many", Enumerable.Repeat("", Many)));
            Exceeds("characters", dialect.Filter("many", "tojson"), ("many", Enumerable.Repeat(1, Many)));
            Exceeds("characters", dialect.Each("many", new string('x', 100)), ("many", many));
            Exceeds("characters", dialect.Value("long"), ("long", new string('<', 4_000)));
            Exceeds("nests more than 10 templates", dialect.Include("part0.html"));
        }

        findings.Try("a loop that takes longer than the time limit", Remedy);
        var clock = new Clock();
        var slow = engine.App(new() { MaxTime = TimeSpan.FromSeconds(2) }, setUp: app => app.Services.AddSingleton<TimeProvider>(clock));
        using (slow.TestRequestContext("/")) Is("took longer than 2 seconds", EngineUnderTest.Thrown(() =>
            RenderTemplateString(dialect.Each("slow", dialect.Item), ("slow", Slow(clock))).ToString()));

        void Exceeds(string limit, string template, params (string, object?)[] values)
        {
            findings.Try($"{template}, which has no end or is too long", Remedy);
            try
            {
                Is(limit, EngineUnderTest.Thrown(() => RenderTemplateString(template, values).ToString()));
            }
            catch (Difference difference)
            {
                findings.Threw(difference);
            }
        }

        void Is(string limit, Exception error)
        {
            var isLimit = error is TemplateLimitException
                && limit.Split('|').Any(part => error.Message.Contains(part, StringComparison.Ordinal));
            if (!isLimit)
                findings.Add($"{error.GetType().Name}: {error.Message}", Remedy);
        }
    }

    internal static void Disconnects(EngineUnderTest engine, Findings findings)
    {
        using var gone = new CancellationTokenSource();
        findings.Try("a loop during which the client disconnects", "Call Step for each item, and let the OperationCanceledException pass.");
        using var scope = engine.App().RequestContext(new DefaultHttpContext { RequestAborted = gone.Token });
        var error = EngineUnderTest.Thrown(() =>
            RenderTemplateString(engine.Dialect.Each("rows", ""), ("rows", Rows())).ToString());
        if (error is not OperationCanceledException) findings.Threw(error);

        IEnumerable<int> Rows()
        {
            for (var i = 0; i < 100_000; i++)
            {
                if (i == 1000) gone.Cancel();
                yield return i;
            }
        }
    }

    static IEnumerable<int> Slow(Clock clock)
    {
        for (var i = 0; i < 100_000; i++)
        {
            clock.Seconds += 0.01;
            yield return i;
        }
    }

    sealed class Clock : TimeProvider
    {
        internal double Seconds { get; set; }
        public override long TimestampFrequency => 1000;
        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
