using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.Iterators;
using HandlebarsDotNet.MemberAccessors;
using HandlebarsDotNet.ObjectDescriptors;
using HandlebarsDotNet.PathStructure;
using HandlebarsDotNet.Runtime;
using HandlebarsDotNet.ValueProviders;

namespace Modular.Templating.Handlebars;

/// <summary>What templates may read of objects: <see cref="TemplateData"/> decides, not the reflection of Handlebars.Net, which would show every public member of everything.</summary>
sealed class DataDescriptors : IObjectDescriptorProvider
{
    public bool TryGetDescriptor(Type type, [NotNullWhen(true)] out ObjectDescriptor? value)
    {
        value = new(type, new DataAccessor(type), (_, instance) => DataIterator.Names(instance), _ => DataIterator.Instance);
        return true;
    }
}

/// <summary>Reads one member.</summary>
sealed class DataAccessor(Type type) : IMemberAccessor
{
    readonly TemplateReader _read = TemplateData.ReaderOf(type);

    public bool TryGetValue(object instance, ChainSegment memberName, out object? value)
    {
        var name = memberName.TrimmedValue;
        var isFound = instance switch
        {
            TemplateValues page => page.TryGet(name, out value),
            // What a partial was handed, before what every page knows.
            HashParameterDictionary hash => hash.TryGetValue(name, out value) || PageState.Current!.Render.Values.TryGet(name, out value),
            _ => _read(instance, name, out value),
        };
        value = value switch
        {
            TemplateFunction function => function(TemplateArguments.None),
            JsonElement json => TemplateData.Plain(json),
            _ => value,
        };
        return isFound;
    }
}

/// <summary>Goes through lists, dictionaries and objects, and counts the turns.</summary>
sealed class DataIterator : IIterator
{
    internal static DataIterator Instance { get; } = new();

    /// <summary>The names that a partial with arguments takes over from around it.</summary>
    internal static IEnumerable Names(object instance) => instance is TemplateValues page ? page.Names.Select(name => ChainSegment.Create(name)).ToArray()
        : Entries(instance) is { } entries ? entries.Select(entry => ChainSegment.Create(entry.Name)).ToArray()
        : Array.Empty<ChainSegment>();

    public void Iterate(in EncodedTextWriter writer, BindingContext context, ChainSegment[] blockParamsVariables, object input, TemplateDelegate template, TemplateDelegate ifEmpty)
    {
        using var inner = context.CreateFrame();
        var iterator = new IteratorValues(inner);
        var block = new BlockParamsValues(inner, blockParamsVariables);
        block.CreateProperty(0, out var first);
        block.CreateProperty(1, out var second);
        var render = PageState.Current!.Render;
        var entries = Entries(input);
        using var items = (entries is null ? Items(input) : entries.Select(entry => entry.Value)).GetEnumerator();
        using var names = entries?.GetEnumerator();
        var index = 0;
        iterator.First = BoxedValues.True;
        iterator.Last = BoxedValues.False;
        for (var hasItem = items.MoveNext(); hasItem; index++)
        {
            render.Step();
            var item = items.Current;
            hasItem = items.MoveNext();
            object number = BoxedValues.Int(index);
            object key = names is not null && names.MoveNext() ? names.Current.Name : number;
            if (index == 1) iterator.First = BoxedValues.False;
            if (!hasItem) iterator.Last = BoxedValues.True;
            iterator.Index = number;
            iterator.Key = key;
            block[first] = item;
            block[second] = key;
            iterator.Value = item;
            inner.Value = item;
            template(writer, inner);
        }
        if (index > 0) return;
        inner.Value = context.Value;
        ifEmpty(writer, inner);
    }

    static IEnumerable<object?> Items(object input) => input is IEnumerable items and not string && !TemplateData.IsRuntime(input) ? items.Cast<object?>() : [];

    // What has names: dictionaries, JSON, and objects that are no lists.
    static IEnumerable<(string Name, object? Value)>? Entries(object input) => input switch
    {
        string => null,
        JsonElement { ValueKind: JsonValueKind.Object } json => json.EnumerateObject().Select(property => (property.Name, TemplateData.Plain(property.Value))),
        IDictionary => TemplateData.Members(input),
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs.Select(pair => (pair.Key, pair.Value)),
        IEnumerable or ITemplateObject => null,
        _ when TemplateData.IsRuntime(input) => null,
        _ when input.GetType().IsPrimitive => null,
        _ => TemplateData.Members(input),
    };
}
