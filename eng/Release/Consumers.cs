using System.Collections.Concurrent;
using System.Diagnostics;

namespace Modular.Eng;

/// <summary>Projects outside the repository that use packages of a feed. They are restored and built together. Then each is started, and its page is requested.</summary>
sealed class Consumers(DotNet dotnet, IReadOnlyList<Package> packages, string folder, IReadOnlyList<string> feeds)
{
    const string Properties = """
        <Project>
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <RunAnalyzers>false</RunAnalyzers>
            <NuGetAudit>false</NuGetAudit>
            <DebugType>none</DebugType>
            <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
        </Project>
        """;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly List<string> _names = [];

    /// <summary>Creates, builds and starts a program for each set of packages, and requests its page.</summary>
    /// <exception cref="ReleaseException">A program doesn't start or returns the wrong page.</exception>
    internal async Task<string> TryAsync(IReadOnlyList<(string Id, SemVersion Version)[]> sets, CancellationToken cancellationToken)
    {
        foreach (var set in sets.Where(set => set is not [(Package.Templates, _)])) await AddAsync(set, cancellationToken);
        foreach (var (_, version) in sets.SelectMany(set => set).Where(package => package.Id == Package.Templates)) await AddTemplateAsync(version, cancellationToken);
        await BuildAsync(cancellationToken);
        return await AskAllAsync(_ => true, cancellationToken);
    }

    /// <summary>Starts the built programs and requests their pages.</summary>
    internal async Task<string> AskAllAsync(Func<string, bool> isAsked, CancellationToken cancellationToken)
    {
        var names = _names.Where(isAsked).ToList();
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, async (name, token) =>
        {
            var (answer, output) = await AskAsync(name, token);
            if (answer != "ok" && !answer.StartsWith("<h1>Hello World!</h1>", StringComparison.Ordinal)) wrong.Add($"{name} returned \"{answer}\":\n{output}");
        });
        if (!wrong.IsEmpty) throw new ReleaseException($"{wrong.Count} of {names.Count} programs don't work with the packages. Correct what they report.\n{string.Join('\n', wrong)}");
        return $"{names.Count} {(names.Count == 1 ? "program" : "programs")} answered";
    }

    /// <summary>Adds a program that references these packages and installs them with all that they need.</summary>
    internal async Task AddAsync(IReadOnlyList<(string Id, SemVersion Version)> set, CancellationToken cancellationToken)
    {
        var installed = Package.WithNeeds(packages, set.Select(package => package.Id));
        var name = Add(set.Count > 3 ? "All" : string.Join("_", set.Select(package => package.Id.Replace("Modular.", "", StringComparison.Ordinal))));
        await ConsumerProgram.WriteAsync(Path.Combine(folder, name), set, installed, cancellationToken);
    }

    /// <summary>Adds a program with the given text.</summary>
    internal Task AddAsync(string name, IReadOnlyList<(string Id, SemVersion Version)> set, string text, CancellationToken cancellationToken) =>
        ConsumerProgram.WriteAsync(Path.Combine(folder, Add(name)), set, text, cancellationToken);

    internal async Task BuildAsync(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.props"), Properties, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Packages.props"), "<Project />", cancellationToken);
        await DotNet.WriteSourcesAsync(Path.Combine(folder, "nuget.config"), feeds.Where(Directory.Exists), cancellationToken);
        var solution = Path.Combine(folder, "Consumers.slnx");
        await File.WriteAllTextAsync(solution, $"<Solution>\n{string.Concat(_names.Select(name => $"  <Project Path=\"{name}/{name}.csproj\" />\n"))}</Solution>\n", cancellationToken);
        await dotnet.RunAsync("A program with the packages can't be built.", cancellationToken, "build", solution, "--nologo", "-nodeReuse:false", "-v", "quiet");
    }

    /// <summary>Starts a program and requests its page.</summary>
    /// <returns>The page, which is empty when the program ended before it served, and the output.</returns>
    internal async Task<(string Answer, string Output)> AskAsync(string name, CancellationToken cancellationToken)
    {
        var place = Path.Combine(folder, name);
        var start = new ProcessStartInfo(DotNet.Program, [Path.Combine(place, "bin", "Debug", "net10.0", $"{name}.dll")])
        {
            WorkingDirectory = place, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        if ((await File.ReadAllTextAsync(Path.Combine(place, "Program.cs"), cancellationToken)).Contains("UseCli", StringComparison.Ordinal))
            foreach (var word in (string[])["run", "--port", "0"]) start.ArgumentList.Add(word);
        var (output, address) = (new List<string>(), new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously));
        using var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => address.TrySetResult(null);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            var answer = "";
            if (await address.Task.WaitAsync(Patience, cancellationToken) is { } url)
            {
                using var client = new HttpClient { Timeout = Patience };
                answer = await client.GetStringAsync(new Uri(url), cancellationToken);
            }
            else await process.WaitForExitAsync(cancellationToken);
            lock (output) return (answer, string.Join('\n', output));
        }
        catch (Exception error) when (error is TimeoutException or HttpRequestException)
        {
            lock (output) return ("", $"{error.Message}\n{string.Join('\n', output)}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        void Read(string? line)
        {
            if (line is null) return;
            lock (output) output.Add(line);
            const string Mark = "Running on ";
            if (line.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at) address.TrySetResult(line[(at + Mark.Length)..].Split(' ')[0]);
        }
    }

    async Task AddTemplateAsync(SemVersion version, CancellationToken cancellationToken)
    {
        var package = feeds.Select(feed => Path.Combine(feed, $"{Package.Templates}.{version}.nupkg")).First(File.Exists);
        var hive = Path.Combine(folder, "hive");
        await dotnet.RunAsync("The templates can't be installed.", cancellationToken, "new", "install", package, "--debug:custom-hive", hive);
        var name = Add("Template");
        await dotnet.RunAsync("The template \"modular\" can't be used.", cancellationToken, "new", "modular", "-o", Path.Combine(folder, name), "--debug:custom-hive", hive);
        var program = Path.Combine(folder, name, "Program.cs");
        await File.WriteAllTextAsync(program, (await File.ReadAllTextAsync(program, cancellationToken)).Replace("app.Run();", "app.Run(port: 0);", StringComparison.Ordinal), cancellationToken);
    }

    string Add(string name)
    {
        _names.Add(name);
        Directory.CreateDirectory(folder);
        return name;
    }
}
