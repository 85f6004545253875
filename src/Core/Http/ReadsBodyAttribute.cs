namespace Modular;

/// <summary>
/// Marks a view that reads the body itself, while it arrives, with <c>Request.OpenBody()</c> or <c>Http.Request.Body</c>.
/// Views that take a <c>Stream</c> or a <c>PipeReader</c> do so without it.
/// </summary>
/// <remarks>On the method, or as metadata of the rule: <c>app.Post(…).WithMetadata(new ReadsBodyAttribute())</c>.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadsBodyAttribute : Attribute;
