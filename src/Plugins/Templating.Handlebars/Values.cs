using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.IO;

namespace Modular.Templating.Handlebars;

/// <summary>Escapes as the core does, in one go: the shipped encoder writes character by character to writers that it does not know.</summary>
sealed class PageEncoder : ITextEncoder
{
    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target)
    {
        if (target is TemplateWriter page) page.WriteEscaped(text);
        else if (PageState.Current is { Render.Escapes: false }) target.Write(text);
        else target.Write(Markup.Escape(text).ToString());
    }

    public void Encode<T>(T? text, TextWriter target) where T : IEnumerator<char>
    {
        if (text is null) return;
        var all = new StringBuilder();
        while (text.MoveNext()) all.Append(text.Current);
        Encode(all.ToString(), target);
    }
}

/// <summary>All values but text, which Handlebars.Net writes itself: its own formatters leave some unescaped.</summary>
sealed class ValueFormatters : IFormatterProvider, IFormatter
{
    public bool TryCreateFormatter(Type type, [NotNullWhen(true)] out IFormatter? formatter)
    {
        formatter = type == typeof(UndefinedBindingResult) ? null : this;
        return formatter is not null;
    }

    public void Format<T>(T value, in EncodedTextWriter writer)
    {
        switch (value)
        {
            case Markup markup: writer.Write(markup.ToString(), false); return;
            case bool flag: writer.Write(flag ? "true" : "false", false); return;
            case int number: writer.Write(number.ToString(CultureInfo.InvariantCulture), false); return;
            case HashParameterDictionary: TemplateData.Text(PageState.Current!.Render.Values); return;      // a partial's {{this}}: refused as the page's is
        }
        using var nested = PageState.Current!.Render.Nest();
        nested.WriteValue(value);
        writer.Write(nested.ToString(), false);
    }
}
