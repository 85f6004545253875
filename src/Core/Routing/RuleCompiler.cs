namespace Modular;

/// <summary>Turns a rule's text into the parts that match it and the pieces that build it.</summary>
sealed class RuleCompiler(string rule, ConverterTable converters)
{
    readonly List<PartToken> _tokens = [];
    readonly List<int> _fixedLengths = [];
    readonly List<int> _converterWeights = [];
    bool _isFinal;

    internal List<string> Variables { get; } = [];

    internal List<UrlConverter> Converters { get; } = [];

    /// <summary>Compiles the host or subdomain, and then the path: one call for each.</summary>
    /// <returns>The parts in order; the pieces of the same text.</returns>
    internal (List<RoutePart> Parts, List<UrlPiece> Pieces) Compile(string text)
    {
        List<RoutePart> parts = [];
        List<UrlPiece> pieces = [];
        foreach (var token in RuleParser.Parse(text))
        {
            switch (token.Kind)
            {
                case RuleTokenKind.Fixed:
                    _fixedLengths.Add(token.Text.Length);
                    _tokens.Add(new(token.Text, null));
                    pieces.Add(UrlPiece.Of(token.Text));
                    break;
                case RuleTokenKind.Variable:
                    pieces.Add(UrlPiece.Of(AddVariable(token)));
                    break;
                default:
                    pieces.Add(UrlPiece.Of("/"));
                    if (_isFinal) _tokens.Add(new("/", null));
                    else parts.Add(TakePart());
                    break;
            }
        }
        AddLast(parts);
        return (parts, pieces);
    }

    int AddVariable(RuleToken token)
    {
        if (Variables.Contains(token.Text))
            throw new ModularException(
                $"The rule \"{rule}\" has the variable \"{token.Text}\" twice. Give each variable a name of its own.");
        var converter = converters.Create(token.Converter, token.Arguments, rule, token.Text);
        Variables.Add(token.Text);
        Converters.Add(converter);
        _tokens.Add(new(null, converter));
        _converterWeights.Add(converter.Weight);
        _isFinal |= !converter.PartIsolating;
        return Variables.Count - 1;
    }

    void AddLast(List<RoutePart> parts)
    {
        // The slash that ends a final part becomes an empty part of its own, so that a missing one can be noticed.
        var isSuffixed = _isFinal && _tokens[^1].Fixed == "/";
        if (isSuffixed) _tokens.RemoveAt(_tokens.Count - 1);
        parts.Add(TakePart(isSuffixed));
        if (isSuffixed) parts.Add(TakePart());
    }

    RoutePart TakePart(bool isSuffixed = false)
    {
        var part = new RoutePart(_tokens, new PartWeight(_fixedLengths, _converterWeights), _isFinal, isSuffixed, rule);
        _tokens.Clear();
        _fixedLengths.Clear();
        _converterWeights.Clear();
        _isFinal = false;
        return part;
    }
}
