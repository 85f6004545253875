namespace Modular;

/// <summary>A view that was given to a rule, before it is bound.</summary>
abstract class ViewSource
{
    /// <summary>True when the view reads the body itself, while it arrives.</summary>
    internal virtual bool ReadsBody(ViewServices services) => false;

    /// <summary>Adds what tools that describe an API read: the method, its parameters, what it answers.</summary>
    internal virtual void Describe(EndpointBuilder endpoint, ViewServices services)
    {
    }

    /// <summary>The view, for a request.</summary>
    internal abstract View Bind(ViewServices services);
}

/// <summary>A view of one of the plain shapes, which needs no reflection.</summary>
/// <param name="view">The view.</param>
/// <param name="method">The user's own; null for a view that no API description shows.</param>
sealed class PlainViewSource(View view, MethodInfo? method = null) : ViewSource
{
    internal override void Describe(EndpointBuilder endpoint, ViewServices services)
    {
        if (method is null) return;
        endpoint.Metadata.Add(method);
        if (ReturnTypes.Described(method.ReturnType, services.Converter) is { } answer) endpoint.Metadata.Add(answer);
    }

    internal override View Bind(ViewServices services) => view;
}
