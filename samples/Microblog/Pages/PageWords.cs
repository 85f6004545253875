using System.Globalization;

namespace Microblog.Pages;

/// <summary>Filters and globals for the templates of both engines.</summary>
static class PageWords
{
    const int Hues = 8;

    internal static void AddTo(ModularApp app)
    {
        app.TemplateFilter("rich", (value, _) => RichText.Of($"{value}"));
        app.TemplateFilter("day", (value, _) => value is DateTimeOffset time ? time.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture) : "");
        app.TemplateFilter("machine_time", (value, _) => value is DateTimeOffset time ? time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "");
        // For the circle beside each name: its first letter and a stable colour.
        app.TemplateFilter("initial", (value, _) => StringInfo.GetNextTextElement($"{value}").ToUpperInvariant());
        app.TemplateFilter("hue", (value, _) => $"{value}".Sum(c => char.ToLowerInvariant(c)) % Hues);
        app.TemplateGlobal("limits", new { Text = Input.MaxText, Name = Input.MaxName, DisplayName = Input.MaxDisplayName, Bio = Input.MaxBio, Alt = Input.MaxAlt, Password = Input.MinPassword });
    }
}
