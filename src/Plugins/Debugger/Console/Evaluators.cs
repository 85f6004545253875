namespace Modular.Debugger;

/// <summary>Makes what evaluates the entries of a console.</summary>
static class Evaluators
{
    internal static IEvaluator Open(IReadOnlyList<EvaluatorName> names, TimeSpan limit) => new NoEvaluator(names, limit);

    // Until there is one.
    sealed class NoEvaluator(IReadOnlyList<EvaluatorName> names, TimeSpan limit) : IEvaluator
    {
        public Task<Evaluation> RunAsync(string code, CancellationToken cancellation) => Task.FromResult(new Evaluation("", $"Nothing evaluates here yet (within {limit}).", null));

        public IReadOnlyList<string> Complete(string code, int position) => [.. names.Select(name => name.Name)];

        public IReadOnlyList<Node> Expand(int id) => [];

        public void Dispose()
        {
        }
    }
}
