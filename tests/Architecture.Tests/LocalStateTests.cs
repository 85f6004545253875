namespace Modular.Architecture.Tests;

// Rule 4: only the core writes the AsyncLocal. A plugin keeps a request's data in a typed slot, never in a dictionary of names.
public sealed class LocalStateTests
{
    [Fact]
    public void There_is_one_AsyncLocal_and_one_type_that_touches_it()
    {
        var owners =
            from package in Package.All
            from type in package.Module.Types
            where Uses.Types(type).Any(used => used.FullName == "System.Threading.AsyncLocal`1")
            select $"{package}: {type.FullName}";

        var written = Source.All.Where(source => source.Code.Contains("new AsyncLocal", StringComparison.Ordinal)
            || source.Code.Contains("AsyncLocal <", StringComparison.Ordinal)).Select(source => source.File);

        Assert.Equal(["Modular.Core: Modular.Locals"], owners);
        Assert.Equal(["src/Core/Pipeline/Locals.cs"], written);
    }

    [Fact]
    public void No_plugin_keeps_state_under_a_name()
    {
        string[] bags =
        [
            "HttpContext::get_Items", "HttpContext::set_Items",
            "RequestItems::set_Item", "RequestItems::GetOrAdd", "CallContext::LogicalSetData",
        ];

        var wrong =
            from plugin in Package.Plugins
            where plugin.Id != "Modular.Testing.Conformance"        // its applications write g as users do, to see it in templates
            from type in plugin.Module.Types
            from call in Uses.Calls(type)
            where bags.Contains($"{call.DeclaringType.Name}::{call.Name}")
            select $"{plugin}: {type.Name} calls {call.DeclaringType.Name}.{call.Name}";

        Assert.Empty(wrong);
    }
}
