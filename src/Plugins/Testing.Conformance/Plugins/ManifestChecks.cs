using System.Reflection;
using System.Text.RegularExpressions;

namespace Modular.Testing.Conformance;

/// <summary>What the manifest and the package say.</summary>
static partial class ManifestChecks
{
    internal static async Task IsComplete(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        findings.Try("installing it and reading its manifest");
        if (plugin.FindManifest() is not { } found)
        {
            findings.Add("the installation adds no plugin", "Call app.Use(new MyPlugin()) in it, or set PluginConformance.Id.");
            return;
        }
        var manifest = found.Manifest;
        CheckNames(plugin, manifest, findings);
        if (!Range().IsMatch(manifest.CoreRange)) findings.Add(
            $"the core range \"{manifest.CoreRange}\"", "Write the lowest version and the next major one: \"[0.2,1.0)\".");
        if (found.Version is not { Length: > 0 }) findings.Add(
            "no version", "Set the property Version of the project, or PluginManifest.Version.");
        foreach (var need in manifest.Dependencies)
        {
            if (string.IsNullOrWhiteSpace(need.Id) || need.Id == manifest.Id)
                findings.Add($"a dependency on \"{need.Id}\"", "Write the id of another plugin.");
            if (!need.Install.Contains('(', StringComparison.Ordinal)) findings.Add(
                $"\"{need.Install}\" as the line that installs {need.Id}",
                "Write the line of the program: \"app.UseSessions(…)\".");
        }
        findings.Try("starting an application with it", PluginUnderTest.FixStart);
        await plugin.Statuses(plugin.Whole());
    }

    internal static async Task SaysWhatItNeeds(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        findings.Try("starting an application with the plugin alone",
            "Add the missing plugin to Manifest.Dependencies, and don't use it before the application starts.");
        var needs = plugin.Manifest?.Dependencies ?? [];
        string message;
        try
        {
            await using var app = plugin.New([plugin.Kit.Install]);
            if (needs.All(need => app.Plugins.Any(known => known.Manifest.Id == need.Id || known.Manifest.Provides.Contains(need.Id))))
                needs = [];         // the installation brings what it needs
            app.TestRequestContext("/").Dispose();
            message = "";
        }
        catch (ModularException report)
        {
            message = report.Message;
            if (plugin.HasFailed(report)) findings.Threw(report.InnerException ?? report);
        }
        if (message.Length == 0 && needs.Count == 0) return;
        if (message.Length == 0 && needs.All(need => need.IsOptional)) return;
        if (message.Length == 0) findings.Add("the application starts", "Remove the dependencies that it doesn't need from its manifest.");
        else if (needs.Count == 0) findings.Add(message, "Add what it needs to Manifest.Dependencies, or start without it.");
        else
            foreach (var need in needs.Where(need => !need.IsOptional))
                if (!message.Contains(need.Id, StringComparison.Ordinal) || !message.Contains(need.Install, StringComparison.Ordinal)
                    || !message.Contains(plugin.Subject, StringComparison.Ordinal))
                    findings.Add(message, $"The report must name {plugin.Subject}, {need.Id} and {need.Install}. " +
                        "Let Manifest.Dependencies report it, and throw nothing in Install.");
    }

    internal static Task IsTrimmable(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        if (!plugin.Kit.IsTrimmable) return Task.CompletedTask;
        findings.Try("reading the assembly's metadata");
        if (plugin.FindAssembly() is { } assembly && !assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Any(metadata => metadata is { Key: "IsTrimmable", Value: "True" or "true" }))
            findings.Add($"{PluginUnderTest.NameOf(assembly)} isn't marked as trimmable",
                "Write <IsAotCompatible>true</IsAotCompatible> in the project file and fix the warnings of its build, " +
                "or set PluginConformance.IsTrimmable to false. A native program can't run in this test.");
        return Task.CompletedTask;
    }

    static void CheckNames(PluginUnderTest plugin, PluginManifest manifest, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(manifest.Id) || manifest.Id != manifest.Id.Trim())
            findings.Add($"the id \"{manifest.Id}\"", "Write the name of the package: \"Acme.Visits\".");
        else if (plugin.FindAssembly() is not { } assembly) findings.Add(
            $"the id \"{manifest.Id}\", and no loaded assembly of this name",
            "Use the name of the package and of its assembly as the id, or set PluginConformance.Assembly.");
        else if (!PluginUnderTest.IsNamed(assembly, manifest.Id)) findings.Add(
            $"the id \"{manifest.Id}\" in the assembly {PluginUnderTest.NameOf(assembly)}",
            "Use the name of the package and of its assembly as the id, so that reports name what to install.");
    }

    [GeneratedRegex(@"^\s*[\[(]\s*\d+(\.\d+){0,2}(-[\w.-]+)?\s*,\s*\d+(\.\d+){0,2}\s*[\])]\s*$")]
    private static partial Regex Range();
}
