using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Modular.Bench;

/// <summary>A visitor's session of 200 bytes, in each framework: not looked at, read, and written.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory), CategoriesColumn]
public class SessionBenchmarks
{
    Contender _none = null!, _modular = null!, _memory = null!, _protected = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        (_none, _modular) = (SessionContenders.None(), SessionContenders.Modular());
        (_memory, _protected) = (SessionContenders.AspNetSession(), SessionContenders.DataProtection());
        // Each gets its own cookie, as a browser would.
        foreach (var contender in (Contender[])[_modular, _memory, _protected]) await contender.LogIn("/login");
    }

    [Benchmark, BenchmarkCategory("untouched")] public Task WithoutSessions() => _none.Ask("GET", "/untouched");
    [Benchmark, BenchmarkCategory("untouched")] public Task UntouchedModular() => _modular.Ask("GET", "/untouched");
    [Benchmark(Baseline = true), BenchmarkCategory("untouched")] public Task UntouchedAspNetSession() => _memory.Ask("GET", "/untouched");

    [Benchmark, BenchmarkCategory("read")] public Task ReadModular() => _modular.Ask("GET", "/read");
    [Benchmark(Baseline = true), BenchmarkCategory("read")] public Task ReadAspNetSession() => _memory.Ask("GET", "/read");
    [Benchmark, BenchmarkCategory("read")] public Task ReadDataProtection() => _protected.Ask("GET", "/read");

    [Benchmark, BenchmarkCategory("written")] public Task WrittenModular() => _modular.Ask("GET", "/write");
    [Benchmark(Baseline = true), BenchmarkCategory("written")] public Task WrittenAspNetSession() => _memory.Ask("GET", "/write");
    [Benchmark, BenchmarkCategory("written")] public Task WrittenDataProtection() => _protected.Ask("GET", "/write");
}
