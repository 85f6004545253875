namespace Modular.Templating.Jinja;

/// <summary>Parses a template and resolves its names.</summary>
sealed class Parser
{
    readonly JinjaEngine _engine;
    readonly JinjaTemplate _template;
    readonly TokenStream _tokens;
    readonly StatementParser _statements;

    internal Parser(JinjaEngine engine, TemplateSource source)
    {
        _engine = engine;
        var text = Lexer.Normalize(source.Text, engine.Options);
        _template = new(engine, source, text);
        _tokens = new(new Lexer(text, engine.Delimiters, _template.Error).Tokens(), _template);
        _statements = new(_tokens, engine);
    }

    internal JinjaTemplate Template()
    {
        var body = _statements.Body();
        var scope = new Scope(null, new Unit(null), ScopeKind.Template, _template, _engine);
        body.Resolve(scope);
        scope.Close();
        _template.Fill(body, scope);
        return _template;
    }
}
