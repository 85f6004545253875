namespace Modular.Proofs;

static class Pick
{
    /// <summary>One of these, each as likely; say one twice to have it more often.</summary>
    internal static Gen<T> Of<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    internal static Gen<object> AsObject(this Gen<string> gen) => gen.Select(text => (object)text);
}
