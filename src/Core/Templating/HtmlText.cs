namespace Modular;

/// <summary>From HTML back to plain text.</summary>
static class HtmlText
{
    internal static string StripTags(string html) => Unescape(html);

    internal static string Unescape(string html) => System.Net.WebUtility.HtmlDecode(html);
}
