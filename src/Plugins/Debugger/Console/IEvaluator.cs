namespace Modular.Debugger;

/// <summary>What the console needs of whoever evaluates its entries.</summary>
interface IEvaluator : IDisposable
{
    /// <summary>Evaluates an entry, within a limit of time. What entries have declared is there for the next ones.</summary>
    Task<Evaluation> RunAsync(string code, CancellationToken cancellation);

    /// <summary>The names that may stand at a position.</summary>
    IReadOnlyList<string> Complete(string code, int position);

    /// <summary>What is in a value that was shown.</summary>
    IReadOnlyList<Node> Expand(int id);
}
