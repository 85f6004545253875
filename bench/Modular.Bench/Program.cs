using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

// dotnet run -c Release --project bench/Modular.Bench -- --filter '*'
// dotnet run -c Release --project bench/Modular.Bench -- dispatch 100      dispatch by the best of 100 rounds; BENCH_RULES=1,100 for other numbers of rules
// dotnet run -c Release --project bench/Modular.Bench -- uploads 1024      one gigabyte through each way of taking an upload
// dotnet run -c Release --project bench/Modular.Bench -- sessions 200      sessions by the best of 200 rounds
// dotnet run -c Release --project bench/Modular.Bench -- compression 50    what compressing a session's cookie saves and costs, by its size
// dotnet run -c Release --project bench/Modular.Bench -- jinja 100         Jinja's pages and Jinja2's, Handlebars', Liquid's and Razor's, by the best of 100 rounds
// dotnet run -c Release --project bench/Modular.Bench -- templates 200     pages by the best of 200 rounds
if (args is ["dispatch", ..])
{
    await Modular.Bench.DispatchBench.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 100);
    return;
}
if (args is ["uploads", ..])
{
    await Modular.Bench.UploadBench.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1024);
    return;
}
if (args is ["templates", ..])
{
    Modular.Bench.TemplateBench.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 200);
    return;
}
if (args is ["jinja", ..])
{
    Modular.Bench.JinjaBench.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 100);
    return;
}
if (args is ["sessions", ..])
{
    await Modular.Bench.SessionBench.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture) : 200);
    return;
}

if (args is ["compression", ..])
{
    Modular.Bench.CompressionBench.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture) : 50);
    return;
}

// All contenders run in one process and one run, so that ratios may be compared; times of different runs may not.
var config = DefaultConfig.Instance
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance).WithIterationCount(7));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
