namespace Modular.Csrf;

/// <summary>The functions that this package adds. A global <c>using static</c> makes them available by name.</summary>
public static class CsrfFunctions
{
    /// <summary>A token for a header or a form, valid for this visitor's session. Each call returns other text.</summary>
    /// <remarks>The session gets a secret at the first call, so the response varies by cookie and isn't for shared caches.</remarks>
    /// <exception cref="ModularException">Csrf isn't installed, or the response has already been sent.</exception>
    public static string CsrfToken() => CsrfPlugin.TokenOf(Current.Context);

    /// <summary>A hidden input with a token: <c>Html($"&lt;form method=post&gt;{CsrfField()}…&lt;/form&gt;")</c>.</summary>
    /// <exception cref="ModularException">Csrf isn't installed, or the response has already been sent.</exception>
    public static Markup CsrfField() => CsrfPlugin.FieldOf(Current.Context);

    /// <summary>
    /// Makes all tokens of this visitor invalid. Call it when a visitor logs in, so that a token of the time before doesn't work.
    /// Forms that are open in other tabs have to be reloaded.
    /// </summary>
    /// <exception cref="ModularException">Csrf isn't installed, or the response has already been sent.</exception>
    public static void RotateCsrfToken() => CsrfPlugin.Rotate(Current.Context);

    /// <summary>
    /// Checks the current request, also if its rule is exempt: for a view that needs a token only when it uses the visitor's cookies.
    /// </summary>
    /// <remarks>Does nothing with <see cref="CsrfOptions.Enabled"/> = false and for GET, HEAD, OPTIONS and TRACE.</remarks>
    /// <exception cref="CsrfException">The request is refused.</exception>
    /// <exception cref="ModularException">Csrf isn't installed.</exception>
    public static ValueTask CheckCsrfAsync() => CsrfPlugin.CheckAsync(Current.Context);
}
