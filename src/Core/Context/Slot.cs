namespace Modular;

/// <summary>A typed key for one value. Two slots are never equal, even under the same name, so plugins cannot collide.</summary>
/// <param name="name">Shown in errors only.</param>
public sealed class Slot<T>(string name) where T : class
{
    /// <inheritdoc/>
    public override string ToString() => $"{name} ({TypeName.Of(typeof(T))})";
}
