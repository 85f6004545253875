using Microblog.Data;

namespace Microblog.Pages;

/// <summary>A part of a list, and the addresses of the next part and of the first one. One row more than is shown tells that there is a next one.</summary>
/// <remarks>Parts begin behind a row, not at a number: what is written meanwhile moves nothing, and page 1,000 costs no more than page 1.</remarks>
sealed record Pager<T>(IReadOnlyList<T> Items, string? Next, string? First);

static class Pager
{
    internal static long Before => Math.Max(0, Current.Request.Args.Get("before", long.MaxValue));

    internal static string After => Current.Request.Args.Get("after", "");

    internal static Pager<Post> Of(List<Post> rows) => Of(rows, Posts.PageSize, "before", post => post.Id);

    internal static Pager<User> Of(List<User> rows) => Of(rows, Users.PageSize, "after", user => user.Name);

    static Pager<T> Of<T>(List<T> rows, int size, string argument, Func<T, object> mark)
    {
        var items = rows.Count > size ? rows[..size] : rows;
        return new(items, rows.Count > size ? Address(argument, mark(items[^1])) : null, Current.Request.Args.ContainsKey(argument) ? Address(argument, null) : null);
    }

    // The same page with another mark.
    static string Address(string argument, object? mark) =>
        UrlFor(Current.Request.Endpoint!, [.. Current.Request.ViewArgs!.Select(pair => (pair.Key, pair.Value)), (argument, mark)]);
}
