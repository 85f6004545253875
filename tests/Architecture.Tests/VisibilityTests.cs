using Mono.Cecil;

namespace Modular.Architecture.Tests;

// Rule 2: a plugin uses only the core's public API, so that other plugins can do the same.
public sealed class VisibilityTests
{
    // Test programs whose names have another ending.
    static readonly string[] TestPrograms = ["Modular.Fuzz"];

    [Fact]
    public void Internals_are_visible_to_tests_only()
    {
        var friends =
            from package in Package.All
            from attribute in package.Module.Assembly.CustomAttributes
            where attribute.AttributeType.Name == "InternalsVisibleToAttribute"
            let friend = (string)attribute.ConstructorArguments[0].Value
            where !friend.EndsWith(".Tests", StringComparison.Ordinal) && !TestPrograms.Contains(friend)
            select $"{package} → {friend}";

        Assert.Empty(friends);
    }

    [Fact]
    public void A_friend_is_a_project_of_the_tests()
    {
        var projects = Repository.Files("tests", "*.csproj").Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet();

        var strangers = Package.All.SelectMany(package => package.Items("InternalsVisibleTo"))
            .Select(item => (string)item.Attribute("Include")!).Where(friend => !projects.Contains(friend));

        Assert.Empty(strangers);
    }

    [Fact]
    public void No_package_compiles_files_from_outside_its_folder()
    {
        var linked =
            from package in Package.All
            from item in package.Items("Compile")
            where item.Attribute("Include") is not null
            select $"{package}: {item}";

        Assert.Empty(linked);
    }

    [Fact]
    public void No_plugin_reaches_internals_through_a_back_door()
    {
        // Generated code of JSON sets the properties of the plugin's own types.
        var open =
            from plugin in Package.Plugins
            let methods = plugin.Module.GetTypes().SelectMany(type => type.Methods).ToList()
            let ignoring = plugin.Module.Assembly.CustomAttributes.Where(attribute => attribute.AttributeType.Name == "IgnoresAccessChecksToAttribute").Select(_ => "IgnoresAccessChecksTo")
            let accessors = methods.Where((MethodDefinition method) => method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "UnsafeAccessorAttribute")
                && !IsOwn(method.Parameters is [var target, ..] ? target.ParameterType : method.ReturnType)).Select((MethodDefinition method) => method.Name)
            from door in ignoring.Concat(accessors)
            select $"{plugin}: {door}";

        Assert.Empty(open);
    }

    static bool IsOwn(TypeReference type) => (type is ByReferenceType reference ? reference.ElementType : type).Scope is ModuleDefinition;
}
