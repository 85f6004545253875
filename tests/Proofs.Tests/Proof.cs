namespace Modular.Proofs;

/// <summary>The length of proofs. They are repeatable: <c>MODULAR_PROOFS=20</c> runs twenty times as many cases, from a seed of its own.</summary>
static class Proof
{
    static readonly long? Factor =
        long.TryParse(Environment.GetEnvironmentVariable("MODULAR_PROOFS"), out var factor) ? factor : null;

    /// <summary>Fails with the smallest counterexample that was found, and the seed that finds it again.</summary>
    internal static void Holds<T>(Gen<T> gen, Action<T> promise, long cases = 2000, Func<T, string>? print = null) =>
        gen.Sample(promise, seed: Factor is null ? "0000001dg7R1" : null, iter: cases * (Factor ?? 1), threads: 1, print: print);
}
