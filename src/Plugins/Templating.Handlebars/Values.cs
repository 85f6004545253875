using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.IO;

namespace Modular.Templating.Handlebars;

/// <summary>Escapes as the core does, in one call. The encoder of Handlebars.Net writes single characters to an unknown writer.</summary>
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

/// <summary>Formats all values except text, because the formatters of Handlebars.Net leave some values unescaped.</summary>
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
            // a partial's {{this}} is rejected, like the page's
            case HashParameterDictionary: TemplateData.Text(PageState.Current!.Render.Values); return;
        }
        using var nested = PageState.Current!.Render.Nest();
        nested.WriteValue(value);
        writer.Write(nested.ToString(), false);
    }
}
