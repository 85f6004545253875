using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

// dotnet run -c Release --project bench/Modular.Bench -- --filter '*'
// All contenders run in one process and one run, so that ratios may be compared; times of different runs may not.
var config = DefaultConfig.Instance
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance).WithIterationCount(7));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
