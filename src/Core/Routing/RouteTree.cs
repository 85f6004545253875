namespace Modular.Routing;

/// <summary>One level for the domain, then one for each path segment.</summary>
sealed class RouteTree
{
    // One more step is a 404, so that a URL can't keep a server busy.
    internal const int StepLimit = 10_000;

    readonly Dictionary<string, RouteTree> _children = [];
    readonly Dictionary<string, RouteTree>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    readonly List<(RoutePart Part, RouteTree Next)> _edges = [];        // those with variables, in the order in which they are tried
    readonly List<Rule> _rules = [];
    RouteTree? _slash;                                                   // the child behind a last slash, and that of no domain

    internal RouteTree() => _bySpan = _children.GetAlternateLookup<ReadOnlySpan<char>>();

    internal void Add(Rule rule)
    {
        var place = this;
        foreach (var part in rule.Parts) place = place.Behind(part);
        if (place._rules.Find(rule.Overlaps) is { } existing)
            throw new ModularException($"The rule \"{rule.Text}\" of the endpoint \"{rule.Endpoint}\" matches the same requests as the rule"
                + $" \"{existing.Text}\" of \"{existing.Endpoint}\". Change its text or its methods.");
        place._rules.Add(rule);
    }

    RouteTree Behind(RoutePart part)
    {
        if (part is { IsFixed: true, Content: "" }) return _slash ??= new();
        if (part.IsFixed) return _children.TryGetValue(part.Content, out var child) ? child : _children[part.Content] = new();
        if (_edges.Find(edge => edge.Part.IsSameAs(part)).Next is { } known) return known;
        var added = new RouteTree();
        _edges.Insert(_edges.FindLastIndex(edge => edge.Part.CompareTo(part) <= 0) + 1, (part, added));
        return added;
    }

    RouteTree? Child(ReadOnlySpan<char> segment) => segment.IsEmpty ? _slash : _bySpan.TryGetValue(segment, out var child) ? child : null;

    // As in Werkzeug 3.2: fixed segments first, then variables by weight, with backtracking in limited steps.
    // A position is where the next segment starts: one past the end when none is left, the end for an empty one.
    internal ref struct Search(in RouteQuery query, ref RouteValues values, int mostVariables)
    {
        readonly ref RouteValues _values = ref values;
        readonly (string Method, string Domain, bool WebSocket) _query = (query.Method, query.Domain, query.WebSocket);
        readonly int _mostVariables = mostVariables;

        internal string Path { get; set; } = Slashes.Normalize(query.Path);
        internal Rule? Found { get; private set; }
        internal bool NeedsSlash { get; private set; }                      // a rule would match with one more slash
        internal List<Rule>? Missed { get; private set; }                   // those that would match with another method
        internal bool MissedWebSocket { get; private set; }
        internal int StepsLeft { get; private set; } = StepLimit;           // below zero when the search was given up

        internal bool TrySpend(int steps) => (StepsLeft -= steps) >= 0;

        internal void GiveUp() => StepsLeft = -1;

        internal readonly void Set(int variable, ReadOnlyMemory<char> text) => _values.Set(variable, text, _mostVariables);

        // True when the search ended early: with a rule, or because a slash is missing.
        internal bool Run(RouteTree tree)
        {
            // Every path starts with a slash, and the first segment starts after it.
            if (tree.Child(_query.Domain) is { } domain && Follow(domain, at: 1, variables: 0)) return true;
            var name = _query.Domain.AsMemory();
            foreach (var (part, next) in tree._edges)
                // A domain that takes slashes would have to take the path as well, so nothing can follow it.
                if (!part.IsFinal && part.TryMatch(name, ref this, 0) && Follow(next, at: 1, part.Variables)) return true;
            return false;
        }

        bool Follow(RouteTree node, int at, int variables)
        {
            if (!TrySpend(1)) return false;
            if (at > Path.Length) return Choose(node._rules) || (node._slash is { } slash && ChooseBehindSlash(slash._rules));

            var length = Path.AsSpan(at).IndexOf('/');
            var end = length < 0 ? Path.Length : at + length;
            if (node.Child(Path.AsSpan(at..end)) is { } child && Follow(child, end + 1, variables)) return true;
            foreach (var (part, next) in node._edges)
            {
                if (StepsLeft < 0) return false;
                var (stop, after) = (end, end + 1);
                if ((!part.IsFinal || TakeRest(part, at, out stop, out after))
                    && part.TryMatch(Path.AsMemory(at..stop), ref this, variables)
                    && Follow(next, after, variables + part.Variables)) return true;
            }

            // A last slash makes no difference to rules that aren't strict.
            return at == Path.Length && Choose(node._rules, lenient: true);
        }

        // A final part takes everything that is left, but not the one slash that its rule ends with.
        readonly bool TakeRest(RoutePart part, int at, out int end, out int after)
        {
            (end, after) = (Path.Length, Path.Length + 1);
            if (!part.IsSuffixed || end == at || Path[end - 1] != '/') return true;
            (end, after) = (end - 1, end);
            return end == at || Path[end - 1] != '/';
        }

        bool Choose(List<Rule> rules, bool lenient = false)
        {
            foreach (var rule in rules)
            {
                if (lenient && rule.StrictSlashes) continue;
                if (!rule.Answers(_query.Method)) (Missed ??= []).Add(rule);
                else if (rule.WebSocket != _query.WebSocket) MissedWebSocket = true;
                else Found = rule;
                if (Found is not null) return true;
            }
            return false;
        }

        bool ChooseBehindSlash(List<Rule> rules)
        {
            foreach (var rule in rules)
            {
                if (rule.WebSocket != _query.WebSocket || !rule.Answers(_query.Method)) continue;
                if (rule.StrictSlashes) NeedsSlash = true;
                else Found = rule;
                return true;
            }
            return false;
        }
    }
}

sealed record RoutePiece(string? Fixed, UrlConverter Converter)
{
    internal string Pattern(string group = "") => Fixed is null ? $"({group}{Converter.Pattern})" : Regex.Escape(Fixed);

    // The length of the text at the start that a regular expression would take, among the ends that the pieces after it allow; or -1.
    internal int Take(ReadOnlySpan<char> text, ReadOnlySpan<bool> ends) => Fixed is null ? ((SpanConverter)Converter).Take(text, ends)
        : text.StartsWith(Fixed) && ends[Fixed.Length] ? Fixed.Length : -1;
}

/// <summary>A rule's condition on one path segment or, when it is <see cref="IsFinal"/>, on all remaining ones.</summary>
sealed class RoutePart : IComparable<RoutePart>
{
    readonly int[] _weight;
    readonly RoutePiece[] _pieces;
    readonly PatternMatcher? _custom;

    internal RoutePart(List<RuleToken> tokens, List<UrlConverter> converters, bool isFinal, bool isSuffixed, string rule)
    {
        (IsFinal, IsSuffixed) = (isFinal, isSuffixed);
        _pieces = [.. tokens.Select(token => new RoutePiece(token.Fixed, token.Fixed is null ? converters[token.Variable] : null!))];
        var variables = _pieces.Where(piece => piece.Fixed is null).Select(piece => piece.Converter).ToList();
        var lengths = _pieces.Where(piece => piece.Fixed is not (null or "/")).Select(piece => piece.Fixed!.Length).ToList();
        // As Werkzeug 3.2 weighs: more pieces of fixed text first, then longer ones, then more variables, then lighter converters.
        _weight = [-lengths.Count, .. lengths.Select(length => -length), -variables.Count, .. variables.Select(one => one.Weight)];
        Variables = variables.Count;
        Content = string.Concat(_pieces.Select(piece => IsFixed ? piece.Fixed : piece.Pattern()));
        _custom = variables.Select(variable => variable.MatcherOf(_pieces, rule)).FirstOrDefault(matcher => matcher is not null);
    }

    internal string Content { get; }                // the fixed text, or a regular expression
    internal int Variables { get; }
    internal bool IsFixed => Variables == 0;
    internal bool IsFinal { get; }                  // a variable may take slashes, so the part runs to the end of the path
    internal bool IsSuffixed { get; }               // final, but the last slash belongs to the next, empty part

    public int CompareTo(RoutePart? other) => _weight.AsSpan().SequenceCompareTo(other!._weight);

    internal bool IsSameAs(RoutePart other) =>
        Content == other.Content && IsFinal == other.IsFinal && IsSuffixed == other.IsSuffixed && CompareTo(other) == 0;

    internal bool TryMatch(ReadOnlyMemory<char> text, ref RouteTree.Search search, int first)
    {
        if (!search.TrySpend(1 + (text.Length / 64))) return false;
        if (_custom is not null) return _custom.TryMatch(text, ref search, first);
        if (_pieces.Length > 1) return TryTake(text, ref search, first);
        if (!((SpanConverter)_pieces[0].Converter).Matches(text.Span)) return false;
        search.Set(first, text);
        return true;
    }

    // Without backtracking: from the end, it finds where the pieces after each one can match; then each takes its preferred length.
    bool TryTake(ReadOnlyMemory<char> memory, ref RouteTree.Search search, int first)
    {
        var text = memory.Span;
        var size = text.Length + 1;
        Span<bool> ends = new bool[(_pieces.Length + 1) * size];
        ends[^1] = true;
        for (var i = _pieces.Length - 1; i >= 0; i--)
            for (var at = i == 0 ? 0 : text.Length; at >= 0; at--)
                ends[(i * size) + at] = !IsInsidePair(text, at) && _pieces[i].Take(text[at..], ends[((i + 1) * size)..][at..size]) >= 0;
        if (!ends[0]) return false;
        for (var (i, at) = (0, 0); i < _pieces.Length; i++)
        {
            var length = _pieces[i].Take(text[at..], ends[((i + 1) * size)..][at..size]);
            if (_pieces[i].Fixed is null) search.Set(first++, memory.Slice(at, length));
            at += length;
        }
        return true;
    }

    static bool IsInsidePair(ReadOnlySpan<char> text, int at) => at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);
}

/// <summary>Matches a part with a pattern of a user's converter: in linear time, or with a limit.</summary>
sealed class PatternMatcher
{
    readonly Regex _regex;
    readonly Regex _captures;
    readonly string[] _groups;

    // .NET's linear regular expressions know whether a text matches, but not always each variable's value: "ab-y12.0" of <path:a><float:b>.
    static readonly TimeSpan CaptureLimit = TimeSpan.FromMilliseconds(100);

    internal PatternMatcher(RoutePiece[] pieces, string rule)
    {
        _groups = [.. pieces.Select((piece, i) => string.Create(CultureInfo.InvariantCulture, $"variable{i}"))];
        // Each pattern is also checked alone, so that none of them ends the group around it.
        foreach (var piece in pieces) if (piece.Fixed is null) Compile(piece.Converter.Pattern, rule);
        _regex = Compile($@"\A(?:{string.Concat(pieces.Select(piece => piece.Pattern()))})\z", rule);
        var named = pieces.Select((piece, i) => piece.Pattern($"?<{_groups[i]}>"));
        _captures = new($@"\A{string.Concat(named)}\z", RegexOptions.CultureInvariant, CaptureLimit);
    }

    internal bool TryMatch(ReadOnlyMemory<char> text, ref RouteTree.Search search, int first)
    {
        if (!_regex.IsMatch(text.Span)) return false;
        try
        {
            var groups = _groups.Length == 1 ? null : _captures.Match(text.ToString()).Groups;
            foreach (var name in _groups)
                if (groups is null) search.Set(first, text);
                else if (groups[name] is { Success: true } group) search.Set(first++, text.Slice(group.Index, group.Length));
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            search.GiveUp();
            return false;
        }
    }

    static Regex Compile(string pattern, string rule)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new ModularException(
                $"The rule \"{rule}\" has a converter whose pattern \"{pattern}\" cannot be used: {error.Message.TrimEnd('.')}."
                + " Write a pattern without look-arounds, back-references and atomic groups.", error);
        }
    }
}
