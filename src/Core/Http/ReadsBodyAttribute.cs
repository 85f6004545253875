namespace Modular;

/// <summary>Marks a view that reads the body itself, while it arrives. One that takes a <c>Stream</c> does so without it.</summary>
/// <remarks>On the method, or as metadata of the rule: <c>app.Post(…).WithMetadata(new ReadsBodyAttribute())</c>.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadsBodyAttribute : Attribute;
