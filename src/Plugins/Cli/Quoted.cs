using System.Globalization;
using System.Text;

namespace Modular.Cli;

/// <summary>Values shown in messages.</summary>
static class Quoted
{
    /// <summary>The text in quotes; control characters as <c>\u000A</c>, so that a value cannot steer a terminal.</summary>
    internal static string Text(string value)
    {
        var shown = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
            if (char.IsControl(c)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else shown.Append(c);
        return shown.Append('"').ToString();
    }
}
