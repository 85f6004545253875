using System.Text.Json;

namespace Render;

/// <summary>The options of a case, by the names of Jinja's <c>Environment</c>.</summary>
static class Settings
{
    internal static JinjaOptions Of(JsonElement given)
    {
        var defaults = new JinjaOptions { FlaskGlobals = false, Autoescape = false };
        if (!given.TryGetProperty("options", out var options)) return defaults;
        return defaults with
        {
            BlockStart = Text("block_start_string") ?? defaults.BlockStart,
            BlockEnd = Text("block_end_string") ?? defaults.BlockEnd,
            VariableStart = Text("variable_start_string") ?? defaults.VariableStart,
            VariableEnd = Text("variable_end_string") ?? defaults.VariableEnd,
            CommentStart = Text("comment_start_string") ?? defaults.CommentStart,
            CommentEnd = Text("comment_end_string") ?? defaults.CommentEnd,
            LineStatementPrefix = Text("line_statement_prefix"),
            LineCommentPrefix = Text("line_comment_prefix"),
            TrimBlocks = Flag("trim_blocks"),
            LstripBlocks = Flag("lstrip_blocks"),
            NewlineSequence = Text("newline_sequence") ?? defaults.NewlineSequence,
            KeepTrailingNewline = Flag("keep_trailing_newline"),
            Autoescape = Flag("autoescape"),
            Undefined = Text("undefined") switch
            {
                "StrictUndefined" => JinjaUndefined.Strict,
                "ChainableUndefined" => JinjaUndefined.Chainable,
                "DebugUndefined" => JinjaUndefined.Debug,
                _ => JinjaUndefined.Default,
            },
            Extensions = options.TryGetProperty("extensions", out var extensions)
                ? [.. extensions.EnumerateArray().Select(extension => extension.GetString()!.Split('.')[^1])] : [],
        };

        string? Text(string name) => options.TryGetProperty(name, out var value) ? value.GetString() : null;

        bool Flag(string name) => options.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
    }
}
