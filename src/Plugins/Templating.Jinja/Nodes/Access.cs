namespace Modular.Templating.Jinja;

/// <summary><c>value.name</c>.</summary>
sealed class AttributeNode(Expression target, string name) : Expression
{
    // The objects of a loop have one type, whose reader is found once.
    PlainReader? _reader;

    internal override void Resolve(Scope scope) => target.Resolve(scope);

    internal override object? Evaluate(Frame frame)
    {
        var (value, state) = (target.Evaluate(frame), frame.State);
        if (value is null or string or IAttributes) return Members.Attribute(value, name, state);
        if (_reader is { } reader && reader.Type == value.GetType())
            return reader.Read(value, name, out var found) ? Awaiting.Result(Py.Plain(found), state.Render) : state.Missing(value, name);
        if (value is Undefined) state.Position = Position;
        else _reader = PlainReader.Of(value) ?? _reader;
        return Members.Attribute(value, name, state);
    }
}

/// <summary><c>value[key]</c>.</summary>
sealed class ItemNode(Expression target, Expression key) : Expression
{
    internal override void Resolve(Scope scope)
    {
        target.Resolve(scope);
        key.Resolve(scope);
    }

    internal override object? Evaluate(Frame frame)
    {
        var value = target.Evaluate(frame);
        var item = key.Evaluate(frame);
        if (value is Undefined) frame.State.Position = Position;
        return Members.Item(value, item, frame.State);
    }
}

/// <summary><c>value[start:stop:step]</c>.</summary>
sealed class SliceNode(Expression target, Expression? start, Expression? stop, Expression? step) : Expression
{
    internal override void Resolve(Scope scope)
    {
        target.Resolve(scope);
        start?.Resolve(scope);
        stop?.Resolve(scope);
        step?.Resolve(scope);
    }

    internal override object? Evaluate(Frame frame)
    {
        var value = target.Evaluate(frame);
        return Py.Slice(value, start?.Evaluate(frame), stop?.Evaluate(frame), step?.Evaluate(frame), frame.State);
    }
}

/// <summary>The arguments of a call, a filter or a test, before they are evaluated.</summary>
sealed class ArgumentsNode(Expression[] positional, (string Name, Expression Value)[] named, Expression? more, Expression? moreNamed)
{
    internal static ArgumentsNode None { get; } = new([], [], null, null);

    internal int Depth =>
        positional.Concat(named.Select(argument => argument.Value)).Append(more).Append(moreNamed).Max(item => item?.Depth ?? 0);

    internal void Resolve(Scope scope)
    {
        foreach (var value in positional) value.Resolve(scope);
        foreach (var (_, value) in named) value.Resolve(scope);
        more?.Resolve(scope);
        moreNamed?.Resolve(scope);
    }

    internal Arguments Evaluate(Frame frame, (string Name, object? Value)? extra = null)
    {
        if (positional.Length + named.Length == 0 && more is null && moreNamed is null && extra is null) return Arguments.None;
        var values = positional.Length == 0 ? [] : new object?[positional.Length];
        for (var i = 0; i < values.Length; i++) values[i] = positional[i].Evaluate(frame);
        if (more is not null) values = [.. values, .. Py.Items(more.Evaluate(frame), frame.State)];
        if (named.Length == 0 && moreNamed is null && extra is null) return new(values, []);
        List<(string, object?)> pairs = new(named.Length);
        foreach (var (name, value) in named) pairs.Add((name, value.Evaluate(frame)));
        if (extra is { } given) pairs.Add(given);
        if (moreNamed is not null)
        {
            var names = moreNamed.Evaluate(frame);
            if (names is Undefined undefined) throw undefined.Fail();
            if (Mapping.Of(names) is not { } mapping) throw new JinjaError("argument after ** must be a mapping");
            foreach (var (key, value) in mapping.Pairs)
                pairs.Add((Py.AsText(key) ?? throw new JinjaError("keywords must be strings"), Py.Plain(value)));
        }
        for (var i = 1; i < pairs.Count; i++)
            if (pairs.FindIndex(pair => pair.Item1 == pairs[i].Item1) < i)
                throw new JinjaError($"got multiple values for keyword argument '{pairs[i].Item1}'");
        return new(values, [.. pairs]);
    }
}

/// <summary><c>function(arguments)</c>.</summary>
sealed class CallNode(Expression function, ArgumentsNode arguments) : Expression
{
    internal override void Resolve(Scope scope)
    {
        function.Resolve(scope);
        arguments.Resolve(scope);
    }

    internal override object? Evaluate(Frame frame) => Evaluate(frame, null);

    internal object? Evaluate(Frame frame, (string Name, object? Value)? extra)
    {
        var called = function.Evaluate(frame);
        var values = arguments.Evaluate(frame, extra);
        var state = frame.State;
        state.Position = Position;
        if (called is Undefined undefined && function is NameNode && undefined.Kind != JinjaUndefined.Chainable)
            throw new JinjaError(Near(undefined, frame), ErrorKind.Undefined);
        var result = Call(called, values, state);
        state.Position = Position;
        return result;
    }

    static string Near(Undefined undefined, Frame frame)
    {
        var message = undefined.Fail().Message;
        var known = frame.State.Engine.Library.Functions.Concat(frame.State.Engine.Globals.Keys);
        return $"{message}.{Suggest.DidYouMean(undefined.Name, known)}".TrimEnd().TrimEnd('.');
    }

    internal static object? Call(object? called, Arguments values, RenderState state) => called switch
    {
        ICallable callable => callable.Call(state, values),
        TemplateFunction function => Awaiting.Result(Py.Plain(function(values.ForApplication(state))), state.Render),
        Undefined undefined => undefined.Kind == JinjaUndefined.Strict ? throw undefined.Fail() : throw undefined.Fail(),
        _ => throw new JinjaError($"'{Py.TypeName(called)}' object is not callable"),
    };
}

/// <summary><c>value|filter(arguments)</c>.</summary>
sealed class FilterNode(Expression? value, string name, ArgumentsNode arguments) : Expression
{
    BuiltInFilter? _filter;

    internal string Name => name;

    internal override void Resolve(Scope scope)
    {
        value?.Resolve(scope);
        arguments.Resolve(scope);
        _filter = scope.Engine.FindFilter(name);
        if (_filter is null && scope.Conditions == 0) throw scope.Template.Error(Unknown(scope.Engine), Position);
    }

    internal override object? Evaluate(Frame frame) => Apply(frame, value!.Evaluate(frame));

    internal object? Apply(Frame frame, object? input)
    {
        var state = frame.State;
        var values = arguments.Evaluate(frame);
        state.Position = Position;
        if (_filter is null) throw new JinjaError(Unknown(state.Engine));
        return _filter(state, input, values);
    }

    string Unknown(JinjaEngine engine) => $"No filter named {Py.Repr(name)}.{Suggest.DidYouMean(name, engine.FilterNames)}".TrimEnd();
}

/// <summary><c>value is test(arguments)</c>.</summary>
sealed class TestNode(Expression value, string name, ArgumentsNode arguments) : Expression
{
    BuiltInFilter? _test;

    internal override void Resolve(Scope scope)
    {
        value.Resolve(scope);
        arguments.Resolve(scope);
        _test = scope.Engine.FindTest(name);
        if (_test is null && scope.Conditions == 0) throw scope.Template.Error(Unknown(scope.Engine), Position);
    }

    internal override object? Evaluate(Frame frame)
    {
        var input = value.Evaluate(frame);
        var values = arguments.Evaluate(frame);
        frame.State.Position = Position;
        if (_test is null) throw new JinjaError(Unknown(frame.State.Engine));
        return _test(frame.State, input, values);
    }

    string Unknown(JinjaEngine engine) => $"No test named {Py.Repr(name)}.{Suggest.DidYouMean(name, engine.TestNames)}".TrimEnd();
}
