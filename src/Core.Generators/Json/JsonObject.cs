namespace Modular.Generators;

/// <summary>The metadata of an object: its properties, and how it is made from JSON.</summary>
sealed class JsonObject(INamedTypeSymbol type, Func<string, string> function, Func<ITypeSymbol, bool> add, List<string> lines)
{
    const string Metadata = "global::System.Text.Json.Serialization.Metadata.";

    readonly string _name = type.IsAnonymousType ? "" : TypeNames.Of(type);

    /// <summary>The expression. Null when generated code can't do what System.Text.Json would do.</summary>
    internal string? Info()
    {
        for (var one = type; one is not null; one = one.BaseType)
            if (JsonAttributes.AreStrange(one) || one.GetMembers().Any(JsonAttributes.AreStrange)) return null;
        return type.IsAnonymousType ? Anonymous() : Named();
    }

    string? Anonymous()
    {
        var properties = Properties().ToList();
        return !properties.TrueForAll(one => add(one.Type)) ? null
            : $"{function(JsonFunctions.Anonymous)}(options, {TypeNames.Example(type, lines)}, static (options, like) => new {Metadata}JsonPropertyInfo[] {{ "
                + $"{string.Join(", ", properties.Select(one => $"{function(JsonFunctions.Property)}(options, \"{one.Name}\", static it => it.@{one.Name}, like: like)"))} }})";
    }

    string? Named()
    {
        var constructor = Constructor();
        List<string> properties = [];
        foreach (var property in Properties())
        {
            var taken = constructor?.Parameters.FirstOrDefault(one => one.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(one.Type, property.Type));
            if (Property(property, taken, constructor) is not { } text) return null;
            properties.Add(text);
        }
        if (constructor?.Parameters.All(one => TypeNames.IsReachable(one.Type) && add(one.Type)) == false) return null;
        if (Creator(constructor) is not { } creator) return null;
        return $"{Metadata}JsonMetadataServices.CreateObjectInfo<{_name}>(options, new() {{ {creator}NumberHandling = options.NumberHandling, PropertyMetadataInitializer = _ => "
            + $"new {Metadata}JsonPropertyInfo[] {{ {string.Join(", ", properties)} }} }})";
    }

    // Those of the class first, then those of its base classes.
    IEnumerable<IPropertySymbol> Properties()
    {
        HashSet<string> seen = [];
        for (var one = type; one is not null; one = one.BaseType)
            foreach (var property in one.GetMembers().OfType<IPropertySymbol>())
                if (property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, ExplicitInterfaceImplementations.IsEmpty: true }
                    && seen.Add(property.Name)) yield return property;
    }

    string? Property(IPropertySymbol property, IParameterSymbol? taken, IMethodSymbol? constructor)
    {
        var (name, value) = (property.Name, property.Type);
        var isRequired = JsonAttributes.Find(property, "JsonRequired") is not null || property.IsRequired && !SetsRequired(constructor);
        if (!TypeNames.IsReachable(value) || value.IsRefLikeType || value is IPointerTypeSymbol || property.ReturnsByRef || property.ReturnsByRefReadonly) return null;
        var ignored = JsonAttributes.Find(property, "JsonIgnore");
        int? condition = ignored is null ? null : ignored.NamedArguments.FirstOrDefault(one => one.Key == "Condition").Value.Value as int? ?? 1;
        if (condition == 1) return $"{function(JsonFunctions.Property)}<{_name}, {TypeNames.Of(value)}>(options, \"{name}\", null, ignore: "
            + "global::System.Text.Json.Serialization.JsonIgnoreCondition.Always)";
        var converter = JsonAttributes.ConverterOf(property, value);
        if (converter == "" || converter is null && !add(value)) return null;
        var text = new StringBuilder($"{function(JsonFunctions.Property)}<{_name}, {TypeNames.Of(value)}>(options, \"{name}\", ")
            .Append(property.GetMethod?.DeclaredAccessibility == Accessibility.Public ? $"static it => {Seen("it", property)}.@{name}" : "null");
        if (property.SetMethod is { DeclaredAccessibility: Accessibility.Public } set && !(set.IsInitOnly && taken is not null && !isRequired))
        {
            if (Setter(property, set) is not { } setter) return null;
            text.Append($", set: {setter}");
        }
        if (JsonAttributes.Find(property, "JsonPropertyName")?.ConstructorArguments is [{ Value: string given }])
            text.Append($", json: {SymbolDisplay.FormatLiteral(given, quote: true)}");
        if (condition is { } number) text.Append($", ignore: (global::System.Text.Json.Serialization.JsonIgnoreCondition){number}");
        if (converter is not null) text.Append($", converter: {function(JsonFunctions.Expanded)}<{TypeNames.Of(value)}>(options, {converter})");
        if (JsonAttributes.Find(property, "JsonPropertyOrder")?.ConstructorArguments is [{ Value: int order }]) text.Append($", order: {order}");
        if (isRequired) text.Append(", required: true");
        if (Has("NotNull") || IsNeverNull(value, property.NullableAnnotation) && !Has("MaybeNull")) text.Append(", getsNull: false");
        if (Has("DisallowNull") || IsNeverNull(value, taken?.NullableAnnotation ?? property.NullableAnnotation) && !Has("AllowNull")) text.Append(", setsNull: false");
        return text.Append(')').ToString();

        bool Has(string attribute) => value.IsReferenceType && property.GetAttributes().Any(one => one.AttributeClass is { Name: var found } && found == $"{attribute}Attribute");
    }

    // The type may hide a property of its base class.
    string Seen(string target, IPropertySymbol property) => SymbolEqualityComparer.Default.Equals(property.ContainingType, type) ? target
        : $"(({TypeNames.Of(property.ContainingType)}){target})";

    static bool IsNeverNull(ITypeSymbol type, NullableAnnotation annotation) => type.IsReferenceType && annotation == NullableAnnotation.NotAnnotated;

    string? Setter(IPropertySymbol property, IMethodSymbol set)
    {
        var (name, value, target) = (property.Name, TypeNames.Of(property.Type), type.IsValueType
            ? $"global::System.Runtime.CompilerServices.Unsafe.Unbox<{_name}>(it)" : $"(({TypeNames.Of(property.ContainingType)})it)");
        if (!set.IsInitOnly) return $"static (it, value) => {target}.@{name} = value";
        // The accessors of the runtime don't reach into generic types.
        if (property.ContainingType.IsGenericType) return null;
        var accessor = $"Set_{TypeNames.Part(property.ContainingType)}_{name}";
        lines.Add($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = \"set_{name}\")] "
            + $"static extern void {accessor}({(type.IsValueType ? "ref " : "")}{TypeNames.Of(property.ContainingType)} it, {value} value);");
        return $"static (it, value) => {accessor}({(type.IsValueType ? "ref " : "")}{target}, value)";
    }

    // [JsonConstructor], or the one without parameters, or the only one: the rule of System.Text.Json. Null when there is none.
    IMethodSymbol? Constructor()
    {
        var all = type.InstanceConstructors.Where(one => one.DeclaredAccessibility == Accessibility.Public).ToList();
        return type.InstanceConstructors.FirstOrDefault(one => JsonAttributes.Find(one, "JsonConstructor") is not null)
            ?? all.Find(one => one.Parameters.IsEmpty) ?? (all is [var only] ? only : null);
    }

    // "" for an object that can't be made, null when generated code can't make it.
    string? Creator(IMethodSymbol? constructor)
    {
        if (type.IsAbstract || constructor is null) return "";
        if (constructor.DeclaredAccessibility != Accessibility.Public || constructor.Parameters.Any(one => one.RefKind != RefKind.None || one.IsParams)) return null;
        var types = constructor.Parameters.Select(one => TypeNames.Of(one.Type)).ToList();
        var make = $"new {_name}";
        if (IsRequired(constructor))
        {
            if (type.IsGenericType || type.IsValueType) return null;
            make = $"New_{TypeNames.Part(type)}";
            lines.Add("[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Constructor)] "
                + $"static extern {_name} {make}({string.Join(", ", types.Select((one, i) => $"{one} p{i}"))});");
        }
        if (types.Count == 0) return $"ObjectCreator = static () => {make}(), ";
        var parameters = constructor.Parameters.Select((one, i) => $"new {Metadata}JsonParameterInfoValues {{ Name = \"{one.Name}\", ParameterType = typeof({types[i]}), Position = {i}, "
            + $"HasDefaultValue = {(one.HasExplicitDefaultValue ? "true" : "false")}, DefaultValue = {(one.HasExplicitDefaultValue ? DefaultOf(one) : "null")}, "
            + $"IsNullable = {(IsNeverNull(one.Type, one.NullableAnnotation) ? "false" : "true")} }}");
        return $"ObjectWithParameterizedConstructorCreator = static args => {make}({string.Join(", ", types.Select((one, i) => $"({one})args[{i}]"))}), "
            + $"ConstructorParameterMetadataInitializer = static () => new {Metadata}JsonParameterInfoValues[] {{ {string.Join(", ", parameters)} }}, ";
    }

    static string DefaultOf(IParameterSymbol parameter) => $"({TypeNames.Of(parameter.Type)})({ShapeReader.DefaultOf(parameter)})";

    // Of a required member, the compiler doesn't allow "new" alone; the accessors of the runtime do.
    bool IsRequired(IMethodSymbol constructor)
    {
        if (SetsRequired(constructor)) return false;
        for (var one = type; one is not null; one = one.BaseType)
            if (one.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })) return true;
        return false;
    }

    static bool SetsRequired(IMethodSymbol? constructor) =>
        constructor?.GetAttributes().Any(one => one.AttributeClass?.Name == "SetsRequiredMembersAttribute") == true;
}
