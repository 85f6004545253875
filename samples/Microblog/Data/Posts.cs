namespace Microblog.Data;

/// <summary>The queries for posts. Lists start with the newest post and continue before the last one shown.</summary>
static class Posts
{
    internal const int PageSize = 20;

    internal static Task<Post?> Find(long id) =>
        Current.Db.Find($"SELECT id, name, display_name, text, picture, alt, made FROM posts_shown WHERE id = {id}", Post.Read);

    internal static async Task<Post> Get(long id) => await Find(id) ?? throw new HttpException(404, "This post doesn't exist. It may have been deleted.");

    internal static Task<List<Post>> All(long before) => Current.Db.List($"""
        SELECT id, name, display_name, text, picture, alt, made FROM posts_shown WHERE id < {before} ORDER BY id DESC LIMIT {PageSize + 1}
        """, Post.Read);

    internal static Task<List<Post>> By(long author, long before) => Current.Db.List($"""
        SELECT id, name, display_name, text, picture, alt, made FROM posts_shown WHERE author = {author} AND id < {before} ORDER BY id DESC LIMIT {PageSize + 1}
        """, Post.Read);

    /// <summary>The posts of a user and of the users that the user follows.</summary>
    internal static Task<List<Post>> For(long reader, long before) => Current.Db.List($"""
        SELECT id, name, display_name, text, picture, alt, made FROM posts_shown
        WHERE id < {before} AND (author = {reader} OR author IN (SELECT followed FROM follows WHERE follower = {reader})) ORDER BY id DESC LIMIT {PageSize + 1}
        """, Post.Read);

    /// <returns>The new post's id.</returns>
    internal static async Task<long> Add(long author, string text, string? picture, string alt, DateTimeOffset made)
    {
        var id = await Current.Db.Write(() => Current.Db.Number($"""
            INSERT INTO posts (author, text, picture, alt, made) VALUES ({author}, {text}, {picture}, {alt}, {made.ToUnixTimeSeconds()}) RETURNING id
            """));
        await PublicPages.PostsChanged();
        return id;
    }

    internal static async Task Remove(long id)
    {
        await Current.Db.Write(() => Current.Db.Run($"DELETE FROM posts WHERE id = {id}"));
        await PublicPages.PostsChanged();
    }
}
