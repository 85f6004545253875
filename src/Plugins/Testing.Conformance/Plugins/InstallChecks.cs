namespace Modular.Testing.Conformance;

/// <summary>What happens when the plugin is installed.</summary>
static class InstallChecks
{
    const int AllOrders = 4;

    internal static async Task InAnyOrder(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        var kit = plugin.Kit;
        findings.Try("starting it after what it needs", PluginUnderTest.FixStart);
        var alone = await plugin.Statuses(plugin.Whole());
        PluginUnderTest.Compare([], alone, findings, "Fix the view or the plugin, or remove the path from Paths.");
        List<(string Name, Action<ModularApp> Install)> items =
        [
            .. kit.With.Select((install, i) => ($"With[{i}]", install)), ("the plugin", kit.Install),
            .. kit.Beside.Select((install, i) => ($"Beside[{i}]", install)),
        ];
        foreach (var order in Orders(items))
        {
            cancellationToken.ThrowIfCancellationRequested();
            findings.Try($"the order {string.Join(", ", order.Select(item => item.Name))}",
                "Declare dependencies and Before or After in the manifest, and read other plugins only while a request runs.");
            try
            {
                PluginUnderTest.Compare(alone, await plugin.Statuses(plugin.Whole(installs: [.. order.Select(item => item.Install)])),
                    findings, "Let the result not depend on the order of app.Use, or declare the order in the manifest.");
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                findings.Threw(error);
            }
            if (findings.Problems.Count > 0) return;
        }
    }

    internal static async Task Twice(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        findings.Try("installing it twice in one application",
            "Let the core report the second installation: throw nothing in Install, and add services with TryAdd.");
        try
        {
            var app = plugin.New([.. plugin.Kit.With, plugin.Kit.Install, plugin.Kit.Install]);
            await plugin.Statuses(app);         // a plugin can allow it
        }
        catch (ModularException report)
        {
            if (plugin.HasFailed(report)) findings.Threw(report.InnerException ?? report);
            else if (!report.Message.Contains(plugin.Subject, StringComparison.Ordinal))
                findings.Add(report.Message, $"Let the core report that {plugin.Subject} is installed twice: throw nothing in Install.");
        }
    }

    internal static Task OnlyDeclares(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        const string Remedy = "Do the work in an IHostedService, in a slot or in a hook. Install only declares.";
        findings.Try("installing it in an application without a configuration", Remedy);
        var folder = Directory.CreateTempSubdirectory("modular-conformance-");
        try
        {
            var app = new ModularApp(new() { RootPath = folder.FullName, StaticFolder = null });
            foreach (var install in plugin.Kit.With) install(app);
            using (var watch = new InstallWatch())
            {
                watch.Run(() => plugin.Kit.Install(app));
                foreach (var seen in watch.Seen) findings.Add(seen, Remedy);
            }
            try
            {
                app.TestRequestContext("/").Dispose();
            }
            catch (ModularException report)
            {
                if (plugin.HasFailed(report)) findings.Threw(report.InnerException ?? report);      // a report of what is missing is right
            }
            foreach (var entry in folder.EnumerateFileSystemInfos()) findings.Add($"the new file {entry.Name} in the root path", Remedy);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return Task.CompletedTask;
    }

    internal static async Task WrongOptions(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        foreach (var (name, install) in plugin.Kit.WrongOptions)
        {
            findings.Try($"starting it with {name}", "Throw a ModularException or an ArgumentException with the value and the remedy.");
            try
            {
                await using var app = plugin.New([.. plugin.Kit.With, install]);
                app.TestRequestContext("/").Dispose();
                findings.Add("the application starts", "Check the value in the property of the options, or with builder.Validate.");
            }
            catch (Exception report) when (report is ModularException or ArgumentException)
            {
                // The expected report, unless it is of an exception that says nothing about the value.
                if (plugin.HasFailed(report) && report.InnerException is not ArgumentException)
                    findings.Threw(report.InnerException ?? report);
            }
            catch (Exception error)
            {
                findings.Threw(error);
            }
        }
    }

    // All orders of few plugins. Of many, each plugin is first and last once, and each pair in both orders.
    static IEnumerable<IReadOnlyList<T>> Orders<T>(List<T> items) => items.Count <= AllOrders ? Permutations(items)
        : Enumerable.Range(0, items.Count).Select(start => (List<T>)[.. items[start..], .. items[..start]])
            .SelectMany(order => (List<T>[])[order, [.. Enumerable.Reverse(order)]]);

    static IEnumerable<IReadOnlyList<T>> Permutations<T>(List<T> items) => items.Count <= 1 ? [items]
        : items.SelectMany((item, i) => Permutations<T>([.. items[..i], .. items[(i + 1)..]]).Select(rest => (List<T>)[item, .. rest]));
}
