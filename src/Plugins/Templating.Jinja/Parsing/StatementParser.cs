namespace Modular.Templating.Jinja;

/// <summary>Parses text and statements.</summary>
sealed class StatementParser
{
    const int MaxNesting = 100;

    readonly TokenStream _tokens;
    readonly JinjaEngine _engine;
    readonly ExpressionParser _expressions;
    readonly TemplateStatements _templates;
    readonly TransParser _trans;
    readonly Stack<(string Tag, string[] Ends, int Position)> _open = new();
    int _loops;
    int _bodies;

    internal StatementParser(TokenStream tokens, JinjaEngine engine)
    {
        (_tokens, _engine) = (tokens, engine);
        _expressions = new(tokens);
        _templates = new(this, tokens, _expressions);
        _trans = new(tokens, _expressions);
    }

    /// <summary>The statements up to the end of the template, or up to one of the words that end the open statement.</summary>
    internal BodyNode Body(params string[] ends)
    {
        List<Statement> statements = [];
        while (true)
        {
            var token = _tokens.Current;
            switch (token.Kind)
            {
                case TokenKind.Data:
                    _tokens.Next();
                    statements.Add(new TextNode(token.Text) { Position = token.Position });
                    continue;
                case TokenKind.VariableBegin:
                    _tokens.Next();
                    statements.Add(new PrintNode(_expressions.Tuple()) { Position = token.Position });
                    _tokens.Expect(TokenKind.VariableEnd, "the end of the expression");
                    continue;
                case TokenKind.End:
                    if (_open.TryPeek(out var open)) throw _tokens.Error(
                        $"The statement \"{open.Tag}\" isn't closed. Write {Ends(open.Ends)} at its end.", open.Position);
                    return new([.. statements]);
            }
            if (_tokens.Following is { Kind: TokenKind.Name } word && ends.Contains(word.Text)) return new([.. statements]);
            var begin = _tokens.Next();
            if (Statement(begin.Position) is { } statement) statements.Add(statement);
            _tokens.Expect(TokenKind.BlockEnd, "the end of the statement");
        }
    }

    static string Ends(string[] ends) => string.Join(" or ", ends.Select(end => $"{{% {end} %}}"));

    /// <summary>A body that ends with one of the words. The word, which isn't closed yet, is returned too.</summary>
    internal (BodyNode Body, string End) Block(string tag, int position, params string[] ends)
    {
        if (_open.Count >= MaxNesting || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw _tokens.Error($"Statements are nested deeper than {MaxNesting} levels. Move some to another template.", position);
        _tokens.Skip(":");
        _tokens.Expect(TokenKind.BlockEnd, "the end of the statement");
        _open.Push((tag, ends, position));
        var body = Body(ends);
        _open.Pop();
        _tokens.Next();
        return (body, _tokens.Next().Text);
    }

    Statement? Statement(int position)
    {
        var word = _tokens.Expect(TokenKind.Name, "the name of a statement");
        switch (word.Text)
        {
            case "for": return For(position);
            case "if": return If(position);
            case "set": return Set(position);
            case "macro": return Macro(position);
            case "call": return Call(position);
            case "filter": return Filter(position);
            case "with": return With(position);
            case "autoescape": return Autoescape(position);
            case "print": return Print(position);
            case "do" when _engine.Options.Has("do"):
                return new DoNode(_expressions.Tuple()) { Position = position };
            case "break" or "continue" when _engine.Options.Has("loopcontrols"):
                if (_loops == 0) throw _tokens.Error($"\"{word.Text}\" is outside of a loop. Write it inside of {{% for %}}.", position);
                return new JumpNode(word.Text == "break" ? Flow.Break : Flow.Continue) { Position = position };
            case "trans" when _engine.Options.Has("i18n"): return _trans.Parse(position);
            case "debug" when _engine.Options.Has("debug"): return new DebugNode { Position = position };
            default: return _templates.TryParse(word.Text, position, out var statement) ? statement : throw Unknown(word, position);
        }
    }

    PrintAllNode Print(int position)
    {
        List<PrintNode> values = [];
        while (_tokens.Current.Kind != TokenKind.BlockEnd)
        {
            if (values.Count > 0) _tokens.Expect(",");
            values.Add(new(_expressions.Expression()) { Position = position });
        }
        return new([.. values]) { Position = position };
    }

    JinjaSyntaxException Unknown(Token word, int position)
    {
        if (_open.TryPeek(out var open))
        {
            if (word.Text.StartsWith("end", StringComparison.Ordinal) || word.Text is "else" or "elif") return _tokens.Error(
                $"\"{word.Text}\" doesn't fit here: the open statement is \"{open.Tag}\", which ends with {Ends(open.Ends)}.", position);
        }
        else if (word.Text.StartsWith("end", StringComparison.Ordinal))
            return _tokens.Error($"\"{word.Text}\" closes nothing. Remove it.", position);
        string[] known = ["for", "if", "set", "macro", "call", "filter", "with", "autoescape", "print", "block", "extends", "include",
            "import", "from", "raw"];
        var isExtension = word.Text is "do" or "break" or "continue" or "trans" or "debug";
        return _tokens.Error($"There is no statement \"{word.Text}\"." + (isExtension
            ? " It is an extension: add it to JinjaOptions.Extensions."
            : Suggest.DidYouMean(word.Text, known.Concat(_engine.Options.Extensions))), position);
    }

    ForNode For(int position)
    {
        var target = Target(withNamespace: false, end: "in");
        _tokens.ExpectName("in");
        var items = _expressions.Tuple(withCondition: false, end: "recursive");
        var condition = _tokens.SkipName("if") ? _expressions.Expression() : null;
        var isRecursive = _tokens.SkipName("recursive");
        _loops++;
        _bodies++;
        var (body, end) = Block("for", position, "else", "endfor");
        _loops--;
        BodyNode? otherwise = null;
        if (end == "else") (otherwise, _) = Block("for", position, "endfor");
        _bodies--;
        return new(target, items, condition, isRecursive, body, otherwise) { Position = position };
    }

    IfNode If(int position)
    {
        List<(Expression, BodyNode)> branches = [];
        BodyNode? otherwise = null;
        while (true)
        {
            var condition = _expressions.Tuple(withCondition: false);
            var (body, end) = Block("if", position, "elif", "else", "endif");
            branches.Add((condition, body));
            if (end == "elif") continue;
            if (end == "else") (otherwise, _) = Block("if", position, "endif");
            return new([.. branches], otherwise) { Position = position };
        }
    }

    Statement Set(int position)
    {
        var target = Target(withNamespace: true, end: null);
        if (_tokens.Skip("=")) return new SetNode(target, _expressions.Tuple()) { Position = position };
        List<FilterNode> filters = [];
        while (_tokens.Current.Is("|")) filters.Add(_expressions.Filter(null));
        var (body, _) = Block("set", position, "endset");
        return new SetBlockNode(target, new(body, [.. filters], keepsText: true)) { Position = position };
    }

    MacroNode Macro(int position)
    {
        var name = Name(_tokens.Expect(TokenKind.Name, "the name of the macro"));
        var parameters = Parameters();
        return new(name, parameters, FunctionBody("macro", position, "endmacro")) { Position = position };
    }

    // A loop around a macro isn't the macro's.
    BodyNode FunctionBody(string tag, int position, string end)
    {
        var outer = _loops;
        _loops = 0;
        var (body, _) = Block(tag, position, end);
        _loops = outer;
        return body;
    }

    (string, Expression?)[] Parameters()
    {
        _tokens.Expect("(");
        List<(string Name, Expression? Default)> parameters = [];
        while (!_tokens.Current.Is(")"))
        {
            if (parameters.Count > 0) _tokens.Expect(",");
            var token = _tokens.Expect(TokenKind.Name, "the name of a parameter");
            var name = Name(token);
            if (parameters.Exists(parameter => parameter.Name == name))
                throw _tokens.Error($"There are two parameters \"{name}\". Rename one.", token.Position);
            var value = _tokens.Skip("=") ? _expressions.Expression() : null;
            if (value is null && parameters.Exists(parameter => parameter.Default is not null))
                throw _tokens.Error($"The parameter \"{name}\" without a default follows one with a default. Give it a default too.",
                    token.Position);
            if (name == "caller" && value is null)
                throw _tokens.Error("The parameter \"caller\" needs a default, or leave it out: every macro can use caller().",
                    token.Position);
            parameters.Add((name, value));
        }
        _tokens.Expect(")");
        return [.. parameters];
    }

    CallBlockNode Call(int position)
    {
        var parameters = _tokens.Current.Is("(") ? Parameters() : [];
        if (_expressions.Expression() is not CallNode call) throw _tokens.Error("\"call\" needs a call: {% call field('name') %}.",
            position);
        var body = FunctionBody("call", position, "endcall");
        return new(call, new MacroNode("caller", parameters, body, isAnonymous: true) { Position = position }) { Position = position };
    }

    FilterBlockNode Filter(int position)
    {
        List<FilterNode> filters = [_expressions.Filter(null, isFirst: true)];
        while (_tokens.Current.Is("|")) filters.Add(_expressions.Filter(null));
        var (body, _) = Block("filter", position, "endfilter");
        return new(new(body, [.. filters], keepsText: false)) { Position = position };
    }

    WithNode With(int position)
    {
        List<(Target, Expression)> variables = [];
        while (_tokens.Current.Kind != TokenKind.BlockEnd && !_tokens.Current.Is(":"))
        {
            if (variables.Count > 0) _tokens.Expect(",");
            var target = Target(withNamespace: false, end: null);
            _tokens.Expect("=");
            variables.Add((target, _expressions.Expression()));
        }
        var (body, _) = Block("with", position, "endwith");
        return new([.. variables], body) { Position = position };
    }

    AutoescapeNode Autoescape(int position)
    {
        var isOn = _expressions.Expression();
        var (body, _) = Block("autoescape", position, "endautoescape");
        return new(isOn, body) { Position = position };
    }

    /// <summary>A name that is set.</summary>
    internal string Name(Token token) => token.Text is "true" or "false" or "none" or "True" or "False" or "None"
        ? throw _tokens.Error($"\"{token.Text}\" is a constant, which can't be set. Write another name.", token.Position)
        : token.Text;

    Target Target(bool withNamespace, string? end)
    {
        var position = _tokens.Current.Position;
        List<Target> targets = [];
        var isTuple = false;
        while (true)
        {
            if (_tokens.Current.Kind == TokenKind.BlockEnd || _tokens.Current.Is(")") || end is not null
                && _tokens.Current.IsName(end)) break;
            targets.Add(One());
            if (targets[0] is NamespaceTarget || !_tokens.Skip(",")) break;
            isTuple = true;
        }
        if (targets.Count == 0) throw _tokens.Unexpected("a name");
        return targets.Count == 1 && !isTuple ? targets[0] : new TupleTarget([.. targets]) { Position = position };

        Target One()
        {
            if (_tokens.Skip("("))
            {
                var inner = Target(withNamespace: false, end: null);
                _tokens.Expect(")");
                return inner;
            }
            var token = _tokens.Expect(TokenKind.Name, "a name");
            var name = Name(token);
            if (name == "loop" && (end == "in" || withNamespace
                && _bodies > 0)) throw _tokens.Error("A loop can't set \"loop\", which is the loop's own variable. Write another name.",
                    token.Position);
            if (!withNamespace || isTuple || !_tokens.Skip(".")) return new NameTarget(name) { Position = token.Position };
            var attribute = _tokens.Expect(TokenKind.Name, "the name of an attribute").Text;
            return new NamespaceTarget(new NameNode(name) { Position = token.Position }, attribute) { Position = token.Position };
        }
    }
}
