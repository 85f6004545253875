namespace Modular;

/// <summary>A typed key for one value. Two slots are never equal, even under the same name, so plugins cannot collide.</summary>
/// <param name="name">Shown in errors only.</param>
/// <param name="install">The line that installs the plugin it belongs to, for the error of an application without that plugin: <c>app.UseSessions(…)</c>.</param>
public sealed class Slot<T>(string name, string? install = null) : ISlot where T : class
{
    string ISlot.Name => name;

    Type ISlot.Type => typeof(T);

    /// <summary>The error of whoever reads it in an application without its plugin.</summary>
    /// <param name="otherwise">What is said of a slot whose plugin is unknown.</param>
    internal ModularException NotInstalled(string otherwise) => new(install is null ? otherwise
        : $"Slot {this} was read, but {typeof(T).Assembly.GetName().Name} is not installed. Write {install} before app.Run() and before the first request.");

    /// <inheritdoc/>
    public override string ToString() => $"{name} ({TypeName.Of(typeof(T))})";
}

/// <summary>A slot, whatever is in it.</summary>
interface ISlot
{
    string Name { get; }

    Type Type { get; }
}
