using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Modular.Flashing;

/// <summary>A message for the next page.</summary>
/// <param name="Category">The category, for the page's style, such as <c>message</c>, <c>error</c> or <c>info</c>.</param>
/// <param name="Message">Text, which a page escapes, or <see cref="Markup"/>, which it doesn't.</param>
public sealed record FlashedMessage(string Category, object Message) : IHtmlContent
{
    /// <summary>The message alone.</summary>
    public override string ToString() => Convert.ToString(Message, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Writes the message as HTML, escaped unless it is <see cref="Markup"/>.</summary>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(Markup.Escape(Message).ToString());
}
