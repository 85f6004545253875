namespace Modular.Proofs.Differential;

/// <summary>
/// Random questions, answered by Modular and by Werkzeug. <c>MODULAR_DIFFERENTIAL=20000</c> asks about so many rule sets;
/// <c>MODULAR_WERKZEUG=…/src</c> asks a newer Werkzeug than Debian's.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    const int Usual = 400;
    const uint Seed = 20251122;

    [NeedsFact(Tool.Flask)]
    public void Random_rules_match_and_build_as_in_Werkzeug()
    {
        using var oracle = new Oracle();
        var count = int.TryParse(Environment.GetEnvironmentVariable("MODULAR_DIFFERENTIAL"), out var asked) ? asked : Usual;
        SortedDictionary<string, int> kinds = new(StringComparer.Ordinal);
        List<string> wrong = [];

        for (var i = 0; i < count && wrong.Count < 20; i++)
            if (Compare(QuestionGen.Questions.Generate(new PCG(1, Seed + (ulong)i), null!, out _), oracle, kinds) is { } difference)
                wrong.Add($"case {i}: {difference}");

        output.WriteLine($"Werkzeug {oracle.Version}, {count} rule sets: {string.Join(", ", kinds.Select(pair => $"{pair.Key}: {pair.Value}"))}");
        Findings.None(wrong);
    }

    // The first difference, reduced to the rules that cause it; null without a difference.
    static string? Compare(Question question, Oracle oracle, IDictionary<string, int> kinds)
    {
        if (Difference(question, oracle, kinds) is not { } difference) return null;
        for (var i = question.Set.Rules.Length - 1; i >= 0; i--)
        {
            var smaller = question with
            {
                Set = question.Set with { Rules = [.. question.Set.Rules.Where((_, index) => index != i)] },
                Asks = difference.Ask is null ? question.Asks : [difference.Ask],
            };
            if (Difference(smaller, oracle, new Dictionary<string, int>()) is { } still) (question, difference) = (smaller, still);
        }
        return $"{question.Set.Options}\n  {question.Set}\n  at {question.Scheme}://[{question.Subdomain}]{question.PathBase}?{question.Query}\n"
            + $"  {difference.Ask}\n    Werkzeug {difference.Theirs}\n    Modular  {difference.Ours}";
    }

    static (Ask? Ask, string Theirs, string Ours)? Difference(Question question, Oracle oracle, IDictionary<string, int> kinds)
    {
        List<int> refused = [];
        var table = question.Set.Table(refused);
        if (!IsSet(table)) return null;
        var binding = question.Bind(table);
        var (theirRefused, theirs) = oracle.Ask(OracleText.Of(question, refused));
        if (!refused.SequenceEqual(theirRefused)) return (null, $"refuses {string.Join(',', theirRefused)}", $"refuses {string.Join(',', refused)}");
        for (var i = 0; i < theirs.Length; i++)
        {
            var ours = Answers.Of(table, binding, question.Asks[i]);
            var isSame = KnownDifferences.Normal(ours) == KnownDifferences.Normal(theirs[i]);
            var excuse = isSame ? null : KnownDifferences.Of(question.Set, question.Asks[i], theirs[i], ours, oracle.IsNewest);
            var kind = isSame ? Answers.KindOf(question.Asks[i], ours) : excuse ?? "wrong";
            kinds[kind] = (kinds.TryGetValue(kind, out var before) ? before : 0) + 1;
            if (!isSame && excuse is null) return (question.Asks[i], theirs[i], ours);
        }
        return null;
    }

    // An alias whose usual rule was refused as a duplicate is alone, which Modular does not accept.
    static bool IsSet(RouteTable table)
    {
        try
        {
            table.Freeze();
            return true;
        }
        catch (ModularException)
        {
            return false;
        }
    }
}
