using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using HandlebarsDotNet;
using HandlebarsDotNet.Collections;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.Iterators;
using HandlebarsDotNet.MemberAccessors;
using HandlebarsDotNet.ObjectDescriptors;
using HandlebarsDotNet.PathStructure;
using HandlebarsDotNet.Runtime;
using HandlebarsDotNet.ValueProviders;

namespace Modular.Templating.Handlebars;

/// <summary>
/// Restricts what templates can read of objects to <see cref="TemplateData"/>. The reflection of Handlebars.Net would show every public
/// member.
/// </summary>
sealed class DataDescriptors : IObjectDescriptorProvider
{
    public bool TryGetDescriptor(Type type, [NotNullWhen(true)] out ObjectDescriptor? value)
    {
        value = new(type, new DataAccessor(type), (_, instance) => DataIterator.Names(instance), _ => DataIterator.Instance);
        return true;
    }
}

/// <summary>Reads the members of one type.</summary>
sealed class DataAccessor(Type type) : IMemberAccessor
{
    readonly TemplateReader _read = TemplateData.ReaderOf(type);

    // Its size and its last item need an enumeration, which the page has to count.
    readonly bool _isSequence = type.IsAssignableTo(typeof(IEnumerable)) && !type.IsAssignableTo(typeof(ICollection))
        && !TemplateData.HasOwnMembers(type) && type != typeof(string);

    public bool TryGetValue(object instance, ChainSegment memberName, out object? value)
    {
        var name = memberName.TrimmedValue;
        var isFound = instance switch
        {
            TemplateValues page => page.TryGet(name, out value),
            // The arguments of a partial first, then the page's values.
            HashParameterDictionary hash => hash.TryGetValue(name, out value) || PageState.Current!.Render.Values.TryGet(name, out value),
            _ => _isSequence ? PageState.Current!.Render.TryGetMember(instance, name, out value) : _read(instance, name, out value),
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

/// <summary>Enumerates lists, dictionaries and objects, and counts the iterations.</summary>
sealed class DataIterator : IIterator
{
    internal static DataIterator Instance { get; } = new();

    /// <summary>The names that a partial with arguments inherits from its page.</summary>
    internal static IEnumerable Names(object instance) =>
        instance is TemplateValues page ? page.Names.Select(name => ChainSegment.Create(name)).ToArray()
        : Entries(instance) is { } entries ? PageState.Current!.Render.Counted(entries)
            .Select(entry => ChainSegment.Create((((string Name, object?))entry!).Name)).ToArray()
        : Array.Empty<ChainSegment>();

    public void Iterate(in EncodedTextWriter writer, BindingContext context, ChainSegment[] blockParamsVariables, object input,
        TemplateDelegate template, TemplateDelegate ifEmpty)
    {
        using var inner = context.CreateFrame();
        var loop = new Loop(writer, inner, blockParamsVariables, template);
        if (Entries(input) is { } entries) RunThrough(ref loop, entries!);
        else if (input is IList list and not Array { Rank: > 1 } && !TemplateData.IsRuntime(input))
            for (var i = 0; i < list.Count; i++) loop.Turn(list[i], isLast: i == list.Count - 1);
        else RunThrough(ref loop, Items(input).Select(item => ((string?)null, item)));
        if (loop.Turns > 0) return;
        inner.Value = context.Value;
        ifEmpty(writer, inner);
    }

    // Reads one item ahead to detect the last one.
    static void RunThrough(ref Loop loop, IEnumerable<(string? Name, object? Value)> items)
    {
        using var rest = items.GetEnumerator();
        for (var hasItem = rest.MoveNext(); hasItem;)
        {
            var (name, value) = rest.Current;
            hasItem = rest.MoveNext();
            loop.Turn(value, isLast: !hasItem, name);
        }
    }

    /// <summary>The variables of a loop: <c>@index</c>, <c>@key</c>, <c>@first</c>, <c>@last</c>, and the names after <c>as</c>.</summary>
    ref struct Loop
    {
        readonly EncodedTextWriter _writer;
        readonly BindingContext _inner;
        readonly TemplateDelegate _template;
        readonly TemplateRender _render = PageState.Current!.Render;
        readonly EntryIndex<ChainSegment> _value, _key;
        IteratorValues _iterator;
        BlockParamsValues _block;

        internal Loop(in EncodedTextWriter writer, BindingContext inner, ChainSegment[] names, TemplateDelegate template)
        {
            (_writer, _inner, _template) = (writer, inner, template);
            _iterator = new(inner);
            _block = new(inner, names);
            _block.CreateProperty(0, out _value);
            _block.CreateProperty(1, out _key);
            (_iterator.First, _iterator.Last) = (BoxedValues.True, BoxedValues.False);
        }

        internal int Turns { get; private set; }

        internal void Turn(object? item, bool isLast, string? name = null)
        {
            _render.Step();
            var index = BoxedValues.Int(Turns);
            var key = name ?? index;
            if (Turns == 1) _iterator.First = BoxedValues.False;
            if (isLast) _iterator.Last = BoxedValues.True;
            (_iterator.Index, _iterator.Key, _iterator.Value) = (index, key, item);
            (_block[_value], _block[_key]) = (item, key);
            _inner.Value = item;
            _template(_writer, _inner);
            Turns++;
        }
    }

    static IEnumerable<object?> Items(object input) =>
        input is IEnumerable items and not string && !TemplateData.IsRuntime(input) ? items.Cast<object?>() : [];

    // Values with names: dictionaries, JSON, and objects that aren't lists.
    static IEnumerable<(string Name, object? Value)>? Entries(object input) => input switch
    {
        string => null,
        TemplateValues page => page.Names.Select(name => (name, page.TryGet(name, out var value) ? value : null)),
        JsonElement { ValueKind: JsonValueKind.Object } json =>
            json.EnumerateObject().Select(property => (property.Name, TemplateData.Plain(property.Value))),
        IDictionary => TemplateData.Members(input),
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs.Select(pair => (pair.Key, pair.Value)),
        IEnumerable => null,
        _ when TemplateData.HasOwnMembers(input.GetType()) => null,
        _ when TemplateData.IsRuntime(input) => null,
        _ when input.GetType().IsPrimitive => null,
        _ => TemplateData.Members(input),
    };
}
