namespace Modular;

/// <summary>One search through the tree: fixed segments first, then variables by weight, back and forth, in limited steps.</summary>
/// <remarks>
/// The walk is Werkzeug 3.2's. A position is where the next segment starts in the path. One past the path's end means that no segment
/// is left; the end itself, that an empty one is, because the path ends with a slash.
/// </remarks>
ref struct RouteSearch
{
    readonly ref RouteValues _values;
    readonly string _domain;
    readonly string _method;
    readonly bool _webSocket;
    readonly List<string>? _allowed;
    string _path;
    Rule? _found;
    Rule? _missed;
    bool _missedSeveral;
    int _steps;

    internal RouteSearch(string path, in RouteQuery query, ref RouteValues values, int steps, List<string>? allowed)
    {
        _values = ref values;
        (_domain, _method, _webSocket, _steps, _allowed) = (query.Domain, query.Method, query.WebSocket, steps, allowed);
        Restart(path);
    }

    /// <summary>True when the search ended because a rule would match with one more slash.</summary>
    internal bool NeedsSlash { get; private set; }

    /// <summary>True when a rule would have matched with another method.</summary>
    internal bool MissedMethod => _missed is not null;

    /// <summary>The rule that would have matched with another method, when it is the only one.</summary>
    internal readonly Rule? OnlyMissed => _missedSeveral ? null : _missed;

    /// <summary>True when a rule would have matched but for being, or not being, for WebSockets.</summary>
    internal bool MissedWebSocket { get; private set; }

    /// <summary>Below zero when the search was given up.</summary>
    internal readonly int StepsLeft => _steps;

    /// <summary>Searches again for another path, with the steps that are left.</summary>
    [MemberNotNull(nameof(_path))]
    internal void Restart(string path)
    {
        _path = path;
        _values.Bind(path, _domain);
    }

    /// <summary>The rule that was found, once.</summary>
    internal Rule? TakeRule()
    {
        var found = _found;
        _found = null;
        return found;
    }

    /// <returns>True when the search ended early: with a rule, or for want of a slash.</returns>
    internal bool Run(RouteDomains domains)
    {
        if (domains.Find(_domain) is { } domain && Enter(domain, variables: 0)) return true;
        foreach (var edge in domains.Edges)
        {
            var matcher = edge.Part.Matcher!;
            if (matcher.TryMatch(new(_domain, 0, _domain.Length, InDomain: true), ref _values, 0, ref _steps)
                && Enter(edge.Domain, matcher.Variables))
                return true;
        }
        return false;
    }

    bool Enter(RouteDomain domain, int variables)
    {
        if (domain.Root is null) return false;
        if (_path.Length > 0 && domain.Paths.TryGetValue(_path.AsSpan(1), out var whole) && Choose(whole.Rules)) return true;
        return Follow(domain.Root, at: 1, variables);
    }

    bool Follow(RouteNode node, int at, int variables)
    {
        if (--_steps < 0) return false;
        if (at > _path.Length) return Arrive(node);

        var length = _path.AsSpan(at).IndexOf('/');
        var end = length < 0 ? _path.Length : at + length;
        if (node.Child(_path.AsSpan(at, end - at)) is { } child && Follow(child, end + 1, variables)) return true;
        foreach (var edge in node.Edges)
            if (Cross(edge, at, end, variables)) return true;

        // A last slash is no difference to the rules that are not strict.
        return at == _path.Length && ChooseLenient(node.Rules);
    }

    bool Cross(RouteEdge edge, int at, int end, int variables)
    {
        // Given up: the edges that still wait are not tried.
        if (_steps < 0) return false;
        var next = end + 1;
        if (edge.Part.IsFinal && !TakeRest(edge.Part, at, out end, out next)) return false;
        var matcher = edge.Part.Matcher!;
        return matcher.TryMatch(new(_path, at, end - at, InDomain: false), ref _values, variables, ref _steps)
            && Follow(edge.Next, next, variables + matcher.Variables);
    }

    // A final part takes everything that is left, but not the one slash that its rule ends with.
    readonly bool TakeRest(RoutePart part, int at, out int end, out int next)
    {
        (end, next) = (_path.Length, _path.Length + 1);
        if (!part.IsSuffixed || end == at || _path[end - 1] != '/') return true;
        (end, next) = (end - 1, end);
        return end == at || _path[end - 1] != '/';
    }

    bool Arrive(RouteNode node)
    {
        if (Choose(node.Rules)) return true;
        foreach (var rule in node.Slash?.Rules ?? [])
        {
            if (rule.WebSocket != _webSocket || !rule.Answers(_method)) continue;
            if (rule.StrictSlashes) NeedsSlash = true;
            else _found = rule;
            return true;
        }
        return false;
    }

    bool Choose(Rule[] rules)
    {
        foreach (var rule in rules)
            if (IsRight(rule)) return true;
        return false;
    }

    bool ChooseLenient(Rule[] rules)
    {
        foreach (var rule in rules)
            if (!rule.StrictSlashes && IsRight(rule)) return true;
        return false;
    }

    bool IsRight(Rule rule)
    {
        if (!rule.Answers(_method))
        {
            _missedSeveral |= _missed is not null && _missed != rule;
            _missed ??= rule;
            if (_allowed is not null) Note(rule.Methods!);
        }
        else if (rule.WebSocket != _webSocket) MissedWebSocket = true;
        else _found = rule;
        return _found is not null;
    }

    readonly void Note(IReadOnlyList<string> methods)
    {
        for (var i = 0; i < methods.Count; i++)
            if (!_allowed!.Contains(methods[i])) _allowed.Add(methods[i]);
    }
}
