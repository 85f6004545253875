namespace Modular.Testing.Conformance;

/// <summary>Collects what one check finds.</summary>
sealed class Findings(string check)
{
    const int Longest = 600;
    const int Most = 5;

    readonly List<ConformanceProblem> _problems = [];
    string _trying = "running the check";
    string _remedy = "Fix the exception, whose stack trace is in the inner exception.";

    internal IReadOnlyList<ConformanceProblem> Problems => _problems;

    /// <summary>The first exception that was found.</summary>
    internal Exception? Cause { get; private set; }

    /// <summary>Says what comes next, for the report of an exception.</summary>
    internal void Try(string what, string remedy = "Fix the exception, whose stack trace is in the inner exception.") =>
        (_trying, _remedy) = (what, remedy);

    /// <summary>Adds a problem with what is being tried. The first few of a check are enough.</summary>
    internal void Add(string seen, string remedy)
    {
        if (_problems.Count < Most) _problems.Add(new(check, _trying, Shown(seen), remedy));
    }

    /// <summary>Adds the exception that ended what is being tried.</summary>
    internal void Threw(Exception error)
    {
        Cause ??= error;
        Add(error is Difference ? error.Message : $"{error.GetType().Name}: {error.Message}", _remedy);
    }

    /// <summary>Adds a problem unless two values are equal.</summary>
    internal void Equal<T>(T expected, T actual, string remedy)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual)) Add($"{Of(actual)} instead of {Of(expected)}", remedy);
    }

    internal static string Of(object? value) => value is null ? "null" : value is string text ? Quoted(text) : $"{value}";

    static string Quoted(string text) => $"\"{Shown(text)}\"";

    static string Shown(string text) => text.Length <= Longest ? text : $"{text[..Longest]}…";
}

/// <summary>What a check saw, where an exception ends it.</summary>
sealed class Difference(string seen) : Exception(seen);
