namespace Modular;

/// <summary>What binding does with a type of a parameter, without reflection.</summary>
abstract class ViewType
{
    static readonly ConcurrentDictionary<Type, ViewType> Known = [];

    static readonly Dictionary<Type, Func<ViewType>> BuiltIn = new()
    {
        [typeof(string)] = () => new ViewType<string> { Parser = text => (true, text) },
        [typeof(StringValues)] = () => new ViewType<StringValues> { Parser = text => (true, text) },
        [typeof(Uri)] = () => new ViewType<Uri> { Parser = text => (Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var url), url) },
        [typeof(int)] = NumberOf<int>, [typeof(long)] = NumberOf<long>, [typeof(short)] = NumberOf<short>, [typeof(byte)] = NumberOf<byte>,
        [typeof(uint)] = NumberOf<uint>, [typeof(ulong)] = NumberOf<ulong>, [typeof(ushort)] = NumberOf<ushort>,
        [typeof(sbyte)] = NumberOf<sbyte>, [typeof(nint)] = NumberOf<nint>, [typeof(nuint)] = NumberOf<nuint>,
        [typeof(Int128)] = NumberOf<Int128>, [typeof(UInt128)] = NumberOf<UInt128>, [typeof(BigInteger)] = NumberOf<BigInteger>,
        [typeof(double)] = NumberOf<double>, [typeof(float)] = NumberOf<float>, [typeof(decimal)] = NumberOf<decimal>,
        [typeof(Guid)] = NumberOf<Guid>,
    };

    internal Func<string, (bool IsValid, object? Value)>? Parser { get; set; }
    internal Func<RequestContext, int, object>? Number { get; private init; }      // reads a variable of a built-in converter

    internal static ViewType Of(Type type) => Known.TryGetValue(type, out var known) ? known
        : Known.GetOrAdd(type, BuiltIn.TryGetValue(type, out var make) ? make() : ViewShapes.CanReflect ? Made(type)
            : throw new ModularException($"A view takes {TypeName.Of(type)}, which isn't compiled ahead of time. "
                + "Make the type internal or public, and pass the view in the call itself."));

    internal static void Add(Type of, ViewType type) => Known.TryAdd(of, type);

    internal abstract object? Json(RequestContext context, bool optional, object? otherwise);
    internal abstract object Many(IEnumerable<object?> items, bool isArray);

    static ViewType<T> NumberOf<T>() where T : ISpanParsable<T> => new()
    {
        Parser = Parsable<T>(), Number = (context, variable) => ViewValues.Number<T>(context, variable),
    };

    [RequiresUnreferencedCode("Makes generic types."), RequiresDynamicCode("Makes generic types.")]
    static ViewType Made(Type type)
    {
        var made = (ViewType)Activator.CreateInstance(typeof(ViewType<>).MakeGenericType(type))!;
        var parser = type.IsEnum ? nameof(Member) : type.GetInterfaces().Any(i => i.IsGenericType
            && i.GetGenericTypeDefinition() == typeof(IParsable<>) && i.GetGenericArguments()[0] == type) ? nameof(Parsable) : null;
        if (parser is not null) made.Parser = (Func<string, (bool, object?)>)typeof(ViewType)
            .GetMethod(parser, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, [])!;
        return made;
    }

    internal static Func<string, (bool, object?)> Member<T>() where T : struct, Enum =>
        text => (StrictText.TryParseEnum<T>(text, out var member), member);

    internal static Func<string, (bool, object?)> Parsable<T>() where T : IParsable<T> =>
        text => (StrictText.TryParse<T>(text, out var read), read);
}

sealed class ViewType<T> : ViewType
{
    internal override object? Json(RequestContext context, bool optional, object? otherwise) =>
        ViewValues.Json(context, optional, otherwise is T value ? value : default);

    internal override object Many(IEnumerable<object?> items, bool isArray) =>
        isArray ? items.Cast<T>().ToArray() : items.Cast<T>().ToList();
}
