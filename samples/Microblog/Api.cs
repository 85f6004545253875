using Microblog.Data;

namespace Microblog;

/// <summary>The same data as JSON. Reading needs no login. Writing needs a token, or a browser session and its CSRF token. Errors are problem+json, including 404s.</summary>
static class Api
{
    internal static Blueprint Blueprint()
    {
        var api = new Blueprint("api", "/api", new() { HandlesNotFound = true, Limits = new() { MaxContentLength = 20_000 } });
        api.ErrorHandler<HttpException>(error => error.ToProblem());

        api.Get("/posts", async () => PostList(await Posts.All(Pages.Pager.Before)), endpoint: "posts").ShowsPosts();
        api.Get("/posts/<int:id>", async (long id) => PostJson.Of(await Posts.Get(id)), endpoint: "post").ShowsPosts();
        api.Post("/posts", Publish, endpoint: "publish").LoginRequired();
        api.Delete("/posts/<int:id>", Delete).LoginRequired();
        api.Get("/timeline", async () => PostList(await Posts.For(Current.User!.Id, Pages.Pager.Before)), endpoint: "timeline").LoginRequired();
        api.Get("/users", async () => UserList(await Users.After(Pages.Pager.After)), endpoint: "users").ShowsPeople();
        api.Get("/users/<name>", async (string name) => await UserJson.Of(await Users.Get(name)), endpoint: "user").ShowsPeople();
        api.Get("/users/<name>/posts", async (string name) => PostList(await Posts.By((await Users.Get(name)).Id, Pages.Pager.Before)), endpoint: "posts_of").ShowsPeople();
        api.Put("/users/<name>/follow", Follow).LoginRequired();
        api.Delete("/users/<name>/follow", Unfollow).LoginRequired();
        api.Post("/token", MakeToken).CsrfExempt();         // its password is in the body, not in a cookie
        return api;
    }

    static async Task<Response> Publish(NewPost post, TimeProvider clock)
    {
        var me = Current.User!;
        var text = Input.Clean(post.Text ?? "");
        if (Input.ProblemOfText(text, hasPicture: false) is { } problem) throw new HttpException(422, problem);
        var id = await Posts.Add(me.Id, text, null, "", clock.GetUtcNow());
        var response = Json(PostJson.Of(await Posts.Get(id)), 201);
        response.Headers.Location = UrlFor("api.post", ("id", id));
        return response;
    }

    static async Task<Response> Delete(long id, Pictures pictures)
    {
        var (me, post) = (Current.User!, await Posts.Get(id));
        if (post.Author != me.Name) throw new HttpException(403, "This post belongs to another user.");
        await Posts.Remove(id);
        if (post.Picture is not null) await pictures.Delete(post.Picture);
        return ("", 204);
    }

    static async Task<Response> Follow(string name)
    {
        var (me, user) = (Current.User!, await Users.Get(name));
        if (me.Id == user.Id) throw new HttpException(409, "You can't follow yourself.");
        await Follows.Add(me.Id, user.Id);
        return ("", 204);
    }

    static async Task<Response> Unfollow(string name)
    {
        var (me, user) = (Current.User!, await Users.Get(name));
        await Follows.Remove(me.Id, user.Id);
        return ("", 204);
    }

    static async Task<Response> MakeToken(Credentials given, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (given is not { Name: { } name, Password: { } password }) throw new HttpException(422, "Send a name and a password.");
        ThrottleLogin(name);
        if (await Pages.AccountPages.Check(name, password, cancellationToken) is not { IsLocked: false } user) throw Unauthorized("Name or password is wrong, or the account is locked.");
        ForgetLoginAttempts();
        return Json(new { Token = await Tokens.Make(user.Id, clock.GetUtcNow()) }, 201);
    }

    internal static HttpException Unauthorized(string detail) => new(401, detail) { Headers = { WWWAuthenticate = "Bearer" } };

    static object PostList(List<Post> rows)
    {
        var page = Pages.Pager.Of(rows);
        return new { Posts = page.Items.Select(PostJson.Of), page.Next };
    }

    static object UserList(List<User> rows)
    {
        var page = Pages.Pager.Of(rows);
        return new { Users = page.Items.Select(user => new { user.Name, user.DisplayName, Url = UrlFor("api.user", ("name", user.Name)) }), page.Next };
    }

    sealed record NewPost(string? Text);

    sealed record Credentials(string? Name, string? Password);

    sealed record PostJson(long Id, string Author, string AuthorName, string Text, string? Picture, string? Alt, DateTimeOffset Made, string Url, string Page)
    {
        internal static PostJson Of(Post post) => new(post.Id, post.Author, post.AuthorName, post.Text,
            post.Picture is null ? null : UrlFor("posts.picture", ("name", post.Picture)), post.Picture is null ? null : post.Alt, post.Made,
            UrlFor("api.post", ("id", post.Id)), UrlFor("posts.show", ("id", post.Id)));
    }

    sealed record UserJson(string Name, string DisplayName, string Bio, DateTimeOffset Joined, Counts Counts, string Posts)
    {
        internal static async Task<UserJson> Of(User user) =>
            new(user.Name, user.DisplayName, user.Bio, user.Joined, await Follows.CountsOf(user.Id), UrlFor("api.posts_of", ("name", user.Name)));
    }
}
