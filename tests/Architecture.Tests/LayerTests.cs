namespace Modular.Architecture.Tests;

// Rule 3: inside the core dependencies point down.
public sealed class LayerTests(ITestOutputHelper output)
{
    const string Root = "";

    // Each folder with those that it may use. The root of src/Core, where ModularApp and Current are, may use them all.
    static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Text"] = [],
        ["Errors"] = [],
        ["Html"] = [],
        ["Routing"] = ["Errors", "Text"],
        ["Http"] = ["Errors", "Text", "Html", "Routing"],
        ["Pipeline"] = ["Errors", "Html", "Routing", "Http"],
        ["Endpoints"] = ["Errors", "Text", "Html", "Routing", "Http", "Pipeline"],
        ["Plugins"] = ["Errors", "Html", "Routing", "Http", "Pipeline", "Endpoints"],
        ["Hosting"] = ["Errors", "Html", "Routing", "Http", "Pipeline", "Endpoints", "Plugins"],
    };

    // URLs need percent-encoding too, and it doesn't depend on requests.
    static readonly (string Folder, string Type) Percent = ("Routing", "Percent");

    // Agreed ones, from file to type, with the reason. Each must still be needed.
    static readonly Dictionary<(string File, string Type), string> Agreed = new()
    {
        [("Hosting/AppSetup.cs", "ModularApp")] = "what ModularApp gathers while it is set up; a blueprint's records get the application itself",
        [("Hosting/AppFreezer.cs", "ModularApp")] = "makes the plan of the whole application, which hands itself over",
        [("Hosting/OwnServices.cs", "ModularApp")] = "makes the services of an application without a host, and ends them with it",
        [("Hosting/AppHost.cs", "ModularApp")] = "puts the whole application on Kestrel: its services, configuration and delegate",
    };

    [Fact]
    public void In_the_core_dependencies_point_down()
    {
        var files = new Dictionary<string, string>();
        foreach (var source in Source.All.Where(source => source.File.StartsWith("src/Core/", StringComparison.Ordinal)))
            foreach (var type in source.Types) files.TryAdd(type, source.File["src/Core/".Length..]);

        var upward =
            from type in Package.Core.Module.Types
            where files.ContainsKey(type.Name)
            let file = files[type.Name]
            from used in Uses.Types(type).Select(used => Uses.Outermost(used).Name).Distinct()
            where files.ContainsKey(used)
            let floor = Folder(files[used])
            where !IsDown(Folder(file), floor) && (Folder(file), used) != Percent
            orderby file
            select (File: file, Type: used, Arrow: $"{file} → {(floor == Root ? "" : $"{floor}/")}{used}");

        var wrong = upward.Where(arrow => !Agreed.ContainsKey((arrow.File, arrow.Type))).Select(arrow => arrow.Arrow);
        var unneeded = Agreed.Keys.Where(agreed => !upward.Any(arrow => (arrow.File, arrow.Type) == agreed));
        output.WriteLine(string.Join('\n', wrong));
        Assert.Empty(wrong);
        Assert.Empty(unneeded);
    }

    [Fact]
    public void Every_type_of_the_core_is_found_in_a_file()
    {
        var known = Source.All.SelectMany(source => source.Types).ToHashSet();

        var unknown = Package.Core.Module.Types.Where(type => type.Namespace == "Modular" && !known.Contains(type.Name)).Select(type => type.Name);

        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_folder_of_the_core_has_its_layer()
    {
        var folders = Source.All.Where(source => source.File.StartsWith("src/Core/", StringComparison.Ordinal))
            .Select(source => Folder(source.File["src/Core/".Length..])).Where(folder => folder != Root).Distinct();

        Assert.Equal(MayUse.Keys.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    static bool IsDown(string from, string to) => from == to || from == Root || MayUse.GetValueOrDefault(from, []).Contains(to);

    static string Folder(string file) => file.Contains('/') ? file[..file.IndexOf('/')] : Root;
}
