using System.Globalization;

namespace Modular.Flashing;

/// <summary>A message for the next page.</summary>
/// <param name="Category">Such as <c>message</c>, <c>error</c> or <c>info</c>; for the page's style.</param>
/// <param name="Message">Text, which a page escapes, or <see cref="Markup"/>, which it does not.</param>
public readonly record struct FlashedMessage(string Category, object Message)
{
    /// <summary>The message alone.</summary>
    public override string ToString() => Convert.ToString(Message, CultureInfo.InvariantCulture) ?? "";
}
