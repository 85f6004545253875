using Microsoft.Net.Http.Headers;

namespace Modular;

/// <summary>Whether to show or to save, and under which name: RFC 6266.</summary>
static class ContentDisposition
{
    // What the letters from U+00C0 to U+017F are without their accents; a blank where there is no such letter. Normalize() needs ICU, which small machines lack.
    const string BaseLetters =
        "AAAAAA CEEEEIIII NOOOOO  UUUUY  aaaaaa ceeeeiiii nooooo  uuuuy y" +
        "AaAaAaCcCcCcCcDd  EeEeEeEeEeGgGgGgGgHh  IiIiIiIiI   JjKk LlLlLlL" +
        "l  NnNnNnn  OoOoOo  RrRrRrSsSsSsSsTtTt  UuUuUuUuUuUuWwYyYZzZzZzs";

    internal static ContentDispositionHeaderValue Of(string name, bool asAttachment)
    {
        var header = new ContentDispositionHeaderValue(asAttachment ? "attachment" : "inline");
        header.SetHttpFileName(name);
        // The framework writes filename* always, and "_" for each accented letter: flask_scenarios.json static, style.css and ü.txt.
        if (!name.AsSpan().ContainsAnyExceptInRange(' ', '~')) header.FileNameStar = default;
        header.FileName = string.Concat(name.Select(Simple).Where(letter => letter is >= ' ' and <= '~'));
        return header;
    }

    static char Simple(char c) => c is < '\u00C0' or > '\u017F' ? c : BaseLetters[c - '\u00C0'] is not ' ' and var letter ? letter : '\0';
}
