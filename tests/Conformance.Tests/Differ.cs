using System.Globalization;
using System.Text;

namespace Conformance.Tests;

/// <summary>Sends requests to both sides and keeps the pairs with an unknown difference.</summary>
sealed class Differ(BothSides sides)
{
    static readonly int Shown = int.TryParse(Environment.GetEnvironmentVariable("MODULAR_CONFORMANCE_SHOWN"), out var shown) ? shown : 10;

    readonly Jar _flask = new(), _modular = new();
    readonly List<Pair> _unknown = [];
    readonly SortedDictionary<string, int> _known = new(StringComparer.Ordinal);
    int _count;

    internal async Task Ask(RawRequest request)
    {
        var pair = await sides.Ask(request, _flask, _modular);
        _count++;
        if (request.KeepsCookies)
        {
            _flask.Take(pair.FlaskAnswer);
            _modular.Take(pair.ModularAnswer);
        }
        if (!pair.Different.Any()) return;
        if (KnownDifference.Of(pair) is not { } names) _unknown.Add(pair);
        else foreach (var name in names) _known[name] = _known.GetValueOrDefault(name) + 1;
    }

    /// <summary>A visitor sometimes changes sides with all cookies, or has no cookies.</summary>
    internal void Shuffle(Random random)
    {
        switch (random.Next(20))
        {
            case 0: _flask.Become(_modular); break;
            case 1: _modular.Become(_flask); break;
            case 2:
                _flask.Clear();
                _modular.Clear();
                break;
        }
    }

    internal string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{_count} requests, {_unknown.Count} differ; known: {(_known.Count == 0 ? "none" : string.Join(", ", _known.Select(known => $"{known.Key} ({known.Value})")))}");

    internal void AssertAlike(string title)
    {
        if (_unknown.Count == 0) return;
        var text = new StringBuilder($"{title}: {Summary}\n");
        // One of each kind first, so that one kind that comes often does not hide the others.
        var shown = _unknown.GroupBy(pair => pair.Kind).SelectMany(kind => kind.Select((pair, nth) => (pair, nth))).OrderBy(found => found.nth).Take(Shown).ToList();
        for (var i = 0; i < shown.Count; i++) text.Append($"\n{i + 1}. {shown[i].pair.ToString().TrimStart()}");
        Assert.Fail(text.ToString());
    }
}
