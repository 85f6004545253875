namespace Modular;

/// <summary>A typed key for one value. Two slots are never equal, even under the same name, so plugins cannot collide.</summary>
/// <param name="name">Shown in errors only.</param>
public sealed class Slot<T>(string name) : ISlot where T : class
{
    string ISlot.Name => name;

    Type ISlot.Type => typeof(T);


    /// <inheritdoc/>
    public override string ToString() => $"{name} ({TypeName.Of(typeof(T))})";
}

/// <summary>A slot, whatever is in it.</summary>
interface ISlot
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <summary>Of what lies in it.</summary>
    Type Type { get; }
}
