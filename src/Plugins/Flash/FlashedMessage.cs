using System.Globalization;

namespace Modular.Flashing;

/// <summary>A message for the next page.</summary>
/// <param name="Category">The category, for the page's style, such as <c>message</c>, <c>error</c> or <c>info</c>.</param>
/// <param name="Message">Text, which a page escapes, or <see cref="Markup"/>, which it doesn't.</param>
public readonly record struct FlashedMessage(string Category, object Message)
{
    /// <summary>The message alone.</summary>
    public override string ToString() => Convert.ToString(Message, CultureInfo.InvariantCulture) ?? "";
}
