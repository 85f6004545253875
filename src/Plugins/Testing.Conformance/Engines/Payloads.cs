namespace Modular.Testing.Conformance;

/// <summary>Texts that become elements, attributes or scripts when they aren't escaped.</summary>
static class Payloads
{
    internal static readonly string[] All =
    [
        "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
        "<img src='x' onerror='alert(1)'>",
        "<svg/onload=alert(1)>", "<a href=javascript:alert(1)>x</a>", "<iframe srcdoc='<script>alert(1)</script>'>", "<plaintext>",
        "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)", "\"><script>alert(1)</script>", "'><script>alert(1)</script>",
        "\"/><img src=x onerror=alert(1)>", "x\" y='z' onclick=\"a\" b='", "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "--><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "</title><script>alert(1)</script>",
        "</textarea><script>alert(1)</script>", "</style><script>alert(1)</script>", "</p></div></body><script>alert(1)</script>",
        "{{7*7}}", "{{{x}}}", "{% raw %}<b>{% endraw %}", "${alert(1)}", "<%= 7*7 %>", "{{> evil}}", "{% include 'evil' %}", "@(7*7)",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)", "&", "&amp;", "<", ">", "\"", "'", "`", "=", "<<script>",
        "\u2028<b>\u2029", "<b>bold</b>", "＜script＞", "<ſcript>alert(1)</ſcript>", "%3Cscript%3E", "\\u003cscript\\u003e",
        "javascript:alert(1)", "<\tb>", "\n<b>", "\r\n<b>", "<b\u000b>", "<\u0000script>alert(1)</script>", "a&b<c>d\"e'f",
        "\"`'><script>alert(1)</script>",
        "]]><script>alert(1)</script>", "</noscript><img src onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><script>alert(1)</script></template>", "<math><mtext></p><img src onerror=alert(1)>",
        "\" style=\"background:url(javascript:alert(1))",
    ];
}
