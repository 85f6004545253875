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

/// <summary>A rule's condition on one path segment or, when it is <see cref="IsFinal"/>, on all remaining ones.</summary>
sealed class RoutePart : IComparable<RoutePart>
{
    readonly int[] _weight;
    readonly SpanConverter? _only;
    readonly Regex? _regex, _captures;
    readonly string[] _groups;

    // .NET's linear regular expressions know whether a text matches, but not always each variable's value: "ab-y12.0" of <path:a><float:b>.
    static readonly TimeSpan CaptureLimit = TimeSpan.FromMilliseconds(100);

    internal RoutePart(List<RuleToken> tokens, List<UrlConverter> converters, bool isFinal, bool isSuffixed, string rule)
    {
        (IsFinal, IsSuffixed) = (isFinal, isSuffixed);
        var variables = tokens.Where(token => token.Fixed is null).Select(token => converters[token.Variable]).ToList();
        var lengths = tokens.Where(token => token.Fixed is not (null or "/")).Select(token => token.Fixed!.Length).ToList();
        // As Werkzeug 3.2 weighs: more pieces of fixed text first, then longer ones, then more variables, then lighter converters.
        _weight = [-lengths.Count, .. lengths.Select(length => -length), -variables.Count, .. variables.Select(one => one.Weight)];
        _groups = [.. variables.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"variable{i}"))];
        Content = IsFixed ? string.Concat(tokens.Select(token => token.Fixed)) : Pattern(_ => "");
        if (tokens is [{ Fixed: null }]) _only = variables[0] as SpanConverter;
        if (IsFixed || _only is not null) return;
        // Each pattern is also checked alone, so that none of them ends the group around it.
        foreach (var variable in variables) Compile(variable.Pattern, rule);
        _regex = Compile($@"\A(?:{Content})\z", rule);
        if (tokens.Count > 1) _captures = new($@"\A{Pattern(i => $"?<{_groups[i]}>")}\z", RegexOptions.CultureInvariant, CaptureLimit);

        string Pattern(Func<int, string> group)
        {
            var i = 0;
            return string.Concat(tokens.Select(token =>
                token.Fixed is { } text ? Regex.Escape(text) : $"({group(i++)}{converters[token.Variable].Pattern})"));
        }
    }

    internal string Content { get; }                // the fixed text, or a regular expression
    internal int Variables => _groups.Length;
    internal bool IsFixed => Variables == 0;
    internal bool IsFinal { get; }                  // a variable may take slashes, so the part runs to the end of the path
    internal bool IsSuffixed { get; }               // final, but the last slash belongs to the next, empty part

    public int CompareTo(RoutePart? other) => _weight.AsSpan().SequenceCompareTo(other!._weight);

    internal bool IsSameAs(RoutePart other) =>
        Content == other.Content && IsFinal == other.IsFinal && IsSuffixed == other.IsSuffixed && CompareTo(other) == 0;

    // In linear time, or with a limit.
    internal bool TryMatch(ReadOnlyMemory<char> text, ref RouteTree.Search search, int first)
    {
        if (!search.TrySpend(1 + (text.Length / 64)) || !(_only?.Matches(text.Span) ?? _regex!.IsMatch(text.Span))) return false;
        if (_captures is null)
        {
            search.Set(first, text);
            return true;
        }
        try
        {
            var match = _captures.Match(text.ToString());
            foreach (var name in _groups) search.Set(first++, text.Slice(match.Groups[name].Index, match.Groups[name].Length));
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
