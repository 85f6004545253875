using System.Text;
using Microsoft.Net.Http.Headers;

namespace Modular;

/// <summary>Whether to show or to save, and under which name: RFC 6266.</summary>
static class ContentDisposition
{
    internal static ContentDispositionHeaderValue Of(string name, bool asAttachment)
    {
        var header = new ContentDispositionHeaderValue(asAttachment ? "attachment" : "inline");
        header.SetHttpFileName(name);
        // The framework writes filename* always, and an underscore for each accented letter: flask_scenarios.json static, "style.css" and "ümläut.txt".
        if (IsSimple(name)) header.FileNameStar = default;
        header.FileName = string.Concat(name.Normalize(NormalizationForm.FormKD).Where(c => c is >= ' ' and <= '~'));
        return header;
    }

    static bool IsSimple(string name) => !name.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
