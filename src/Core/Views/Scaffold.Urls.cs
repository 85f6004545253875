namespace Modular;

// Hooks on the values of URLs, in and out.
public abstract partial class Scaffold
{
    internal List<UrlValuePreprocessor> Preprocessors { get; } = [];

    internal List<UrlDefaults> Defaults { get; } = [];

    /// <summary>Sees the values of each matched rule before its hooks and view do, and may change them or take some out; as Flask's <c>url_value_preprocessor</c>.</summary>
    /// <remarks>Order: the application's first, then its blueprints', outermost first. The application's also run when no rule matched.</remarks>
    public void UrlValuePreprocessor(UrlValuePreprocessor hook)
    {
        CheckChange();
        Callback.RefuseAsyncVoid(hook, "a UrlValuePreprocessor");
        Preprocessors.Add(hook);
    }

    /// <summary>Adds values to the URLs that are built for endpoints of this scope; as Flask's <c>url_defaults</c>.</summary>
    public void UrlDefaults(UrlDefaults hook)
    {
        CheckChange();
        Callback.RefuseAsyncVoid(hook, "a UrlDefaults function");
        Defaults.Add(hook);
    }
}
