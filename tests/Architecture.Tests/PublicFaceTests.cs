using Mono.Cecil;

namespace Modular.Architecture.Tests;

// Rule 5: a wrapped library's types stay out of public signatures, except in a Configure callback of the options.
public sealed class PublicFaceTests
{
    static readonly string[] Known = ["System", "netstandard", "mscorlib", "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.Net.Http.Headers", "Modular"];

    [Fact]
    public void Plugins_show_only_types_that_every_user_has()
    {
        Assert.Empty(Package.Plugins.SelectMany(plugin => Foreign(plugin.Module)));
    }

    [Fact]
    public void A_third_party_plugin_passes_too()
    {
        Assert.Empty(Foreign(Package.Read("ToyPlugins")));
    }

    [Fact]
    public void A_type_of_a_wrapped_library_is_noticed_everywhere_but_in_a_Configure_callback()
    {
        var members = Foreign(Package.Read("Modular.Architecture.Tests")).Where(place => place.Contains(nameof(LeakyOptions), StringComparison.Ordinal))
            .Select(place => place[..place.IndexOf(" shows", StringComparison.Ordinal)]);

        Assert.Equal([$"{nameof(LeakyOptions)}.get_Leak", $"{nameof(LeakyOptions)}.set_Leak"], members);
    }

    static IEnumerable<string> Foreign(ModuleDefinition module) =>
        from type in module.Types.SelectMany(Uses.WithNested)
        where type.IsPublic || type.IsNestedPublic
        from use in Uses.Public(type, IsConfigureCallback)
        where !IsKnown(use.Type)
        select $"{Short(use.Member)} shows {use.Type.FullName}";

    static bool IsKnown(TypeReference type)
    {
        var assembly = Uses.Outermost(type).Scope.Name.Replace(".dll", "", StringComparison.Ordinal);
        return type.Module.Assembly.Name.Name == assembly || Known.Any(name => assembly == name || assembly.StartsWith(name + ".", StringComparison.Ordinal));
    }

    static bool IsConfigureCallback(IMemberDefinition member) =>
        member.DeclaringType.Name.EndsWith("Options", StringComparison.Ordinal) && member.Name is "get_Configure" or "set_Configure";

    // "System.Void Some.Type::Name(Some.Parameter)" is Type.Name.
    static string Short(string member)
    {
        var name = member.Split('(')[0].Split(' ')[^1].Replace("::", ".", StringComparison.Ordinal);
        return string.Join('.', name.Split('.')[^2..]);
    }
}

/// <summary>Options that show a library's type where they may, and where they may not.</summary>
public sealed class LeakyOptions
{
    public Action<ReaderParameters>? Configure { get; init; }

    public List<ReaderParameters>? Leak { get; set; }
}
