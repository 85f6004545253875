using System.Collections;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Modular.Templating.Jinja;

/// <summary>Reads the members of the objects of one type, which are neither values of the language nor lists.</summary>
sealed class PlainReader(Type type, TemplateReader read)
{
    static readonly ConcurrentDictionary<Type, PlainReader> ByType = new();

    internal Type Type => type;

    internal bool Read(object target, string name, out object? value) => read(target, name, out value);

    /// <summary>The reader of an object. Null when its members aren't only those of its type.</summary>
    internal static PlainReader? Of(object value) =>
        value is IEnumerable or Markup or ValueType or ITuple or PyTuple or PyRange or ICallable or Undefined or Delegate
            || Mapping.Is(value) || TemplateData.IsRuntime(value) ? null : ByType.GetOrAdd(value.GetType(), Create);

    static PlainReader Create(Type type) => new(type, TemplateData.ReaderOf(type));
}
