using Microblog.Data;

namespace Microblog;

/// <summary>The same data as JSON. Reading needs no login. Writing needs a token or a browser session. Errors are problem+json, including 404s.</summary>
static class Api
{
    internal static Blueprint Blueprint()
    {
        var api = new Blueprint("api", "/api", new() { HandlesNotFound = true, Limits = new() { MaxContentLength = 20_000 } });
        api.BeforeRequest(RecogniseToken);
        api.ErrorHandler<HttpException>(error => error.ToProblem());

        api.Get("/posts", async () => PostList(await Posts.All(Pages.Pager.Before)), endpoint: "posts");
        api.Get("/posts/<int:id>", async (long id) => PostJson.Of(await Posts.Get(id)), endpoint: "post");
        api.Post("/posts", Publish, endpoint: "publish");
        api.Delete("/posts/<int:id>", Delete);
        api.Get("/timeline", async () => PostList(await Posts.For(Required().Id, Pages.Pager.Before)), endpoint: "timeline");
        api.Get("/users", async () => UserList(await Users.After(Pages.Pager.After)), endpoint: "users");
        api.Get("/users/<name>", async (string name) => await UserJson.Of(await Users.Get(name)), endpoint: "user");
        api.Get("/users/<name>/posts", async (string name) => PostList(await Posts.By((await Users.Get(name)).Id, Pages.Pager.Before)), endpoint: "posts_of");
        api.Put("/users/<name>/follow", Follow);
        api.Delete("/users/<name>/follow", Unfollow);
        api.Post("/token", MakeToken);
        return api;
    }

    static async ValueTask<Response?> RecogniseToken(RequestContext context)
    {
        if (context.Request.Authorization is not { } given) return null;
        if (!given.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || await Tokens.UserOf(given.Parameter) is not { } user) throw Unauthorized("This token isn't valid.");
        context.G["user"] = user;
        return null;
    }

    static async Task<Response> Publish(NewPost post, TimeProvider clock)
    {
        var me = Required();
        var text = Input.Clean(post.Text ?? "");
        if (Input.ProblemOfText(text, hasPicture: false) is { } problem) throw new HttpException(422, problem);
        var id = await Posts.Add(me.Id, text, null, "", clock.GetUtcNow());
        var response = Json(PostJson.Of(await Posts.Get(id)), 201);
        response.Headers.Location = UrlFor("api.post", ("id", id));
        return response;
    }

    static async Task<Response> Delete(long id, Pictures pictures)
    {
        var (me, post) = (Required(), await Posts.Get(id));
        if (post.Author != me.Name) throw new HttpException(403, "This post belongs to another user.");
        await Posts.Remove(id);
        if (post.Picture is not null) await pictures.Delete(post.Picture);
        return ("", 204);
    }

    static async Task<Response> Follow(string name)
    {
        var (me, user) = (Required(), await Users.Get(name));
        if (me.Id == user.Id) throw new HttpException(409, "You can't follow yourself.");
        await Follows.Add(me.Id, user.Id);
        return ("", 204);
    }

    static async Task<Response> Unfollow(string name)
    {
        var (me, user) = (Required(), await Users.Get(name));
        await Follows.Remove(me.Id, user.Id);
        return ("", 204);
    }

    static async Task<Response> MakeToken(Credentials given, Passwords passwords, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (given is not { Name: { } name, Password: { } password }) throw new HttpException(422, "Send a name and a password.");
        var who = Pages.AccountPages.Attempter(name);
        if (!await Attempts.Begin(who, clock.GetUtcNow()))
            throw new HttpException(429, "Too many attempts.") { Headers = { RetryAfter = $"{Attempts.Window.TotalSeconds:0}" } };
        if (await Pages.AccountPages.Check(name, password, passwords, cancellationToken) is not { IsLocked: false } user) throw Unauthorized("Name or password is wrong, or the account is locked.");
        await Attempts.Forget(who);
        return Json(new { Token = await Tokens.Make(user.Id, clock.GetUtcNow()) }, 201);
    }

    static User Required() => Current.User ?? throw Unauthorized("Send a token: Authorization: Bearer …");

    static HttpException Unauthorized(string detail) => new(401, detail) { Headers = { WWWAuthenticate = "Bearer" } };

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
