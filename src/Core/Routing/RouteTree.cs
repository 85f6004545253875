namespace Modular;

/// <summary>All rules that match: one level for the domain, then one for each path segment.</summary>
sealed class RouteTree
{
    /// <summary>How many tries one request is worth. Past it the answer is "not found", so that no URL can keep a server busy.</summary>
    internal const int StepLimit = 10_000;

    readonly Dictionary<string, RouteTree> _children = [];
    readonly Dictionary<string, RouteTree>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    readonly List<(RoutePart Part, RouteTree Next)> _edges = [];        // those with variables, in the order in which they are tried
    readonly List<Rule> _rules = [];
    RouteTree? _slash;                                                   // the child behind a last slash, and that of no domain

    internal RouteTree() => _bySpan = _children.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The extra steps of a try that looks through a text of this many chars.</summary>
    internal static int CostOf(int length) => length / 64;

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

    /// <summary>One search, as Werkzeug 3.2's: fixed segments first, then variables by weight, back and forth, in limited steps.</summary>
    /// <remarks>A position is where the next segment starts: one past the end when none is left, the end for an empty one.</remarks>
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

        /// <returns>True when the search ended early: with a rule, or for want of a slash.</returns>
        internal bool Run(RouteTree tree)
        {
            // Every path starts with a slash, so the first segment starts behind it.
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
                if (Cross(part, next, at, end, variables)) return true;

            // A last slash makes no difference to rules that aren't strict.
            return at == Path.Length && Choose(node._rules, lenient: true);
        }

        bool Cross(RoutePart part, RouteTree next, int at, int end, int variables)
        {
            // Given up: the edges that still wait are not tried.
            if (StepsLeft < 0) return false;
            var after = end + 1;
            if (part.IsFinal && !TakeRest(part, at, out end, out after)) return false;
            return part.TryMatch(Path.AsMemory(at..end), ref this, variables) && Follow(next, after, variables + part.Variables);
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
