namespace Modular.Templating.Jinja;

/// <summary>Parses the statements that concern other templates: blocks, layouts, includes and imports.</summary>
sealed class TemplateStatements(StatementParser statements, TokenStream tokens, ExpressionParser expressions)
{
    internal bool TryParse(string word, int position, out Statement? statement)
    {
        statement = word switch
        {
            "block" => Block(position),
            "extends" => new ExtendsNode(expressions.Expression()) { Position = position },
            "include" => Include(position),
            "import" => Import(position),
            "from" => From(position),
            _ => null,
        };
        return statement is not null;
    }

    BlockNode Block(int position)
    {
        var name = statements.Name(tokens.Expect(TokenKind.Name, "the name of the block"));
        var isScoped = tokens.SkipName("scoped");
        var isRequired = tokens.SkipName("required");
        if (tokens.Current.Is("-")) throw tokens.Error(
            "The name of a block has letters, digits and underscores only. Write \"_\" for \"-\".", tokens.Current.Position);
        if (tokens.Template.Blocks.ContainsKey(name))
            throw tokens.Error($"There are two blocks \"{name}\". Rename one, or write {{{{ self.{name}() }}}} to repeat it.", position);
        tokens.Template.Blocks[name] = null!;       // the name is taken, also inside of the block
        var (body, _) = statements.Block("block", position, "endblock");
        if (isRequired && body.Statements.Any(item => item is not TextNode text || !string.IsNullOrWhiteSpace(text.Text)))
            throw tokens.Error("A required block has content. Leave it empty, because every page must fill it.", position);
        if (tokens.Current.Kind == TokenKind.Name && tokens.Next() is var end && end.Text != name)
            throw tokens.Error($"\"endblock {end.Text}\" closes the block \"{name}\". Write the same name.", end.Position);
        return tokens.Template.Blocks[name] = new(tokens.Template, name, isScoped, isRequired, body) { Position = position };
    }

    IncludeNode Include(int position)
    {
        var name = expressions.Expression();
        var mayMiss = false;
        if (tokens.Current.IsName("ignore") && tokens.Following.IsName("missing"))
        {
            tokens.Next();
            tokens.Next();
            mayMiss = true;
        }
        return new(name, mayMiss, Context(true)) { Position = position };
    }

    bool Context(bool isDefault)
    {
        if (tokens.Current is not { Kind: TokenKind.Name, Text: "with" or "without" }
            || !tokens.Following.IsName("context")) return isDefault;
        var isWith = tokens.Next().Text == "with";
        tokens.Next();
        return isWith;
    }

    ImportNode Import(int position)
    {
        var template = expressions.Expression();
        tokens.ExpectName("as");
        var target = Target(tokens.Expect(TokenKind.Name, "a name for the imported template"));
        return new(new(template, Context(false)), target) { Position = position };
    }

    NameTarget Target(Token token) => new(statements.Name(token)) { Position = token.Position };

    FromImportNode From(int position)
    {
        var template = expressions.Expression();
        tokens.ExpectName("import");
        List<(string, NameTarget)> names = [];
        bool? withContext = null;
        while (true)
        {
            if (IsContext(out var isWith))
            {
                withContext = isWith;
                break;
            }
            var token = tokens.Expect(TokenKind.Name, "the name of a macro");
            statements.Name(token);
            if (token.Text.StartsWith('_'))
                throw tokens.Error($"\"{token.Text}\" starts with an underscore, so its template doesn't export it. Rename it there.",
                    token.Position);
            names.Add((token.Text, tokens.SkipName("as") ? Target(tokens.Expect(TokenKind.Name, "a name")) : Target(token)));
            if (IsContext(out isWith))
            {
                withContext = isWith;
                break;
            }
            if (!tokens.Skip(",")) break;
        }
        return new(new(template, withContext ?? false), [.. names]) { Position = position };
    }

    bool IsContext(out bool isWith)
    {
        isWith = tokens.Current.IsName("with");
        if (tokens.Current is not { Kind: TokenKind.Name, Text: "with" or "without" } || !tokens.Following.IsName("context")) return false;
        tokens.Next();
        tokens.Next();
        return true;
    }
}
