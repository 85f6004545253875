using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Modular.Bench;

/// <summary>From the server's delegate to the written answer, without a network, for growing numbers of rules.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory), CategoriesColumn]
public class DispatchBenchmarks
{
    Contender _bare = null!, _modular = null!, _routing = null!, _minimal = null!;
    string _static = "", _int = "", _deep = "";

    /// <summary>A third each of static rules, rules with one number, and rules with three variables.</summary>
    [ParamsSource(nameof(RuleCounts))]
    public int Rules { get; set; }

    /// <summary>Another list can be given, for a quick look: BENCH_RULES=100.</summary>
    public static IEnumerable<int> RuleCounts =>
        Environment.GetEnvironmentVariable("BENCH_RULES")?.Split(',').Select(int.Parse) ?? [1, 100, 1000, 10_000];

    [GlobalSetup]
    public void Setup()
    {
        var each = Math.Max(1, Rules / 3);
        (_bare, _modular, _routing, _minimal) = (Contenders.Bare(), Contenders.Modular(each), Contenders.Routing(each), Contenders.Minimal(each));
        var middle = each / 2;
        (_static, _int, _deep) = ($"/static{middle}/page", $"/user{middle}/42", $"/deep{middle}/one/two/3");
    }

    [Benchmark, BenchmarkCategory("static")] public Task Bare() => _bare.Ask("GET", _static);
    [Benchmark(Baseline = true), BenchmarkCategory("static")] public Task StaticRouting() => _routing.Ask("GET", _static);
    [Benchmark, BenchmarkCategory("static")] public Task StaticMinimal() => _minimal.Ask("GET", _static);
    [Benchmark, BenchmarkCategory("static")] public Task StaticModular() => _modular.Ask("GET", _static);

    [Benchmark(Baseline = true), BenchmarkCategory("int")] public Task IntRouting() => _routing.Ask("GET", _int);
    [Benchmark, BenchmarkCategory("int")] public Task IntMinimal() => _minimal.Ask("GET", _int);
    [Benchmark, BenchmarkCategory("int")] public Task IntModular() => _modular.Ask("GET", _int);

    [Benchmark(Baseline = true), BenchmarkCategory("three variables")] public Task DeepRouting() => _routing.Ask("GET", _deep);
    [Benchmark, BenchmarkCategory("three variables")] public Task DeepMinimal() => _minimal.Ask("GET", _deep);
    [Benchmark, BenchmarkCategory("three variables")] public Task DeepModular() => _modular.Ask("GET", _deep);

    [Benchmark(Baseline = true), BenchmarkCategory("404")] public Task MissRouting() => _routing.Ask("GET", "/nothing/here");
    [Benchmark, BenchmarkCategory("404")] public Task MissModular() => _modular.Ask("GET", "/nothing/here");

    [Benchmark(Baseline = true), BenchmarkCategory("405")] public Task MethodRouting() => _routing.Ask("POST", _static);
    [Benchmark, BenchmarkCategory("405")] public Task MethodModular() => _modular.Ask("POST", _static);
}
