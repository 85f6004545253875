using System.Text.RegularExpressions;

namespace Modular.Architecture.Tests;

// Rule 1: the core knows no plugin and no package. A plugin knows the core, the library that it wraps, and declared plugins.
public sealed class ReferenceTests
{
    // A plugin that wraps a library, or builds on another plugin, says so here.
    static readonly Dictionary<string, string[]> Wraps = new()
    {
        ["Modular.Testing"] = ["Microsoft.AspNetCore.TestHost"],
        ["Modular.Cli"] = ["System.CommandLine"],
        ["Modular.Debugger"] = ["Microsoft.CodeAnalysis.CSharp.Scripting"],
        ["Modular.Templating.Handlebars"] = ["Handlebars.Net"],
        ["Modular.Templating.Liquid"] = ["DotLiquid"],
    };

    static readonly Dictionary<string, string[]> BuildsOn = new()
    {
        ["Modular.Csrf"] = ["Modular.Sessions"],
        ["Modular.Flash"] = ["Modular.Sessions"],
        ["Modular.Login"] = ["Modular.Sessions"],
        ["Modular.Debugger"] = ["Modular.Cli"],
        ["Modular.Templating.Handlebars"] = ["Modular.Templating"],
        ["Modular.Templating.Jinja"] = ["Modular.Templating"],
        ["Modular.Templating.Liquid"] = ["Modular.Templating"],
        ["Modular.Testing.Conformance"] = ["Modular.Templating", "Modular.Testing"],
    };

    // A message of the core may name the package with the missing feature. Each must still be needed.
    static readonly Dictionary<string, string> Told = new()
    {
        ["src/Core/ModularApp.Hosting.cs names Modular.Debugger"] = "debug without the package says in the terminal what to add",
        ["src/Core/Pipeline/CoreLog.cs names Modular.Uploads"] = "a multipart form without the package says in the log what to add",
        ["src/Core/Hosting/AppHost.cs names Modular.WebSockets"] = "calls ASP.NET's middleware of that name, so that rules match handshakes",
    };

    [Fact]
    public void The_core_refers_to_no_package_and_no_project()
    {
        Assert.Empty(Package.Core.References("PackageReference"));
        Assert.Empty(Package.Core.References("ProjectReference"));
    }

    [Fact]
    public void The_core_is_compiled_against_the_shared_framework_alone()
    {
        string[] folders = [Path.GetDirectoryName(typeof(object).Assembly.Location)!, Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Http.HttpContext).Assembly.Location)!];

        var foreign = Package.Core.Module.AssemblyReferences.Where(reference => !folders.Any(folder => File.Exists(Path.Combine(folder, $"{reference.Name}.dll"))));

        Assert.Empty(foreign);
    }

    [Fact]
    public void No_code_of_the_core_names_a_plugin()
    {
        var names = Package.Plugins.Select(plugin => plugin.Id).Concat(Wraps.Keys).Concat(BuildsOn.Keys).Concat(BuildsOn.Values.SelectMany(ids => ids)).Distinct();

        var places =
            from name in names
            from source in Source.All
            where source.File.StartsWith("src/Core/", StringComparison.Ordinal)
            where Names(source.Code, name)
            select $"{source.File} names {name}";

        Assert.Equal(Told.Keys, places);

        // The package's id, or the method that installs it.
        static bool Names(string code, string id) => Regex.IsMatch(code, $@"\b{Regex.Escape(id)}\b|\bUse{id[(id.LastIndexOf('.') + 1)..]}\b");
    }

    [Fact]
    public void A_plugin_refers_to_the_core_and_declared_plugins_only()
    {
        var wrong =
            from plugin in Package.Plugins
            from reference in plugin.References("ProjectReference")
            where reference != Package.Core.Id && !BuildsOn.GetValueOrDefault(plugin.Id, []).Contains(reference)
            select $"{plugin} → {reference}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void A_plugin_refers_to_the_library_that_it_wraps_only()
    {
        var wrong =
            from plugin in Package.Plugins
            from reference in plugin.References("PackageReference")
            where !Wraps.GetValueOrDefault(plugin.Id, []).Contains(reference)
            select $"{plugin} → {reference}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_plugin_refers_to_the_core()
    {
        Assert.All(Package.Plugins, plugin => Assert.Contains(Package.Core.Id, plugin.References("ProjectReference")));
    }
}
