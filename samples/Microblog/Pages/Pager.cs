using Microblog.Data;

namespace Microblog.Pages;

/// <summary>A page of a list, with the addresses of the next page and the first page. One extra row shows whether there is a next page.</summary>
/// <remarks>A page starts after a row and not at an offset, so new rows don't shift pages, and page 1,000 is as fast as page 1.</remarks>
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

    // The same page with another start row.
    static string Address(string argument, object? mark) =>
        UrlFor(Current.Request.Endpoint!, [.. Current.Request.ViewArgs!.Select(pair => (pair.Key, pair.Value)), (argument, mark)]);
}
