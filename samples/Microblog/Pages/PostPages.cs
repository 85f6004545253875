using Microblog.Data;

namespace Microblog.Pages;

/// <summary>Creating, showing and deleting posts.</summary>
static class PostPages
{
    internal static Blueprint Blueprint()
    {
        var posts = new Blueprint("posts");
        posts.Get("/post/new", () => Form(new(), "", ""), endpoint: "compose").LoginRequired();
        posts.Post("/post/new", Publish, endpoint: "publish").LoginRequired();
        posts.Get("/post/<int:id>", async (long id) => RenderTemplate("post.html", ("post", await Posts.Get(id))), endpoint: "show").ShowsPosts();
        posts.Get("/post/<int:id>/delete", AskToDelete).LoginRequired();
        posts.Post("/post/<int:id>/delete", Delete).LoginRequired();
        posts.Get("/pictures/<name>", (string name, Pictures pictures) => pictures.Send(name), endpoint: "picture");
        return posts;
    }

    static async Task<Response> Publish(Pictures pictures, TimeProvider clock, CancellationToken cancellationToken)
    {
        var me = Current.User!;
        var (text, alt) = (Input.Clean(Current.Request.Form["text"]), Input.CleanLine(Current.Request.Form.Get("alt", "")));
        var file = Current.Request.Files.Find("picture") is { IsEmpty: false } chosen ? chosen : null;
        var problems = new Problems().Note("text", Input.ProblemOfText(text, file is not null)).Note("alt", Input.ProblemOfAlt(alt, file is not null));
        if (problems.Any) return (Form(problems, text, alt), 422);

        string? picture = null;
        try
        {
            if (file is not null) picture = await pictures.Save(file, cancellationToken);
            var id = await Posts.Add(me.Id, text, picture, picture is null ? "" : alt, clock.GetUtcNow());
            Flash("Your post is published.", "success");
            return Redirect(UrlFor("posts.show", ("id", id)), 303);
        }
        catch (HttpException error) when (error.Status == 415)
        {
            return (Form(new Problems().Note("picture", "This isn't a PNG, JPEG, GIF or WebP picture."), text, alt), 415);
        }
        catch when (picture is not null)
        {
            await pictures.Delete(picture);
            throw;
        }
    }

    static Markup Form(Problems problems, string text, string alt) =>
        RenderTemplate("compose.html", ("problems", problems), ("text", text), ("alt", alt));

    static async Task<Markup> AskToDelete(long id) => RenderTemplate("delete.html", ("post", await Mine(id)));

    static async Task<Response> Delete(long id, Pictures pictures)
    {
        await Remove(await Mine(id), pictures);
        return Redirect(UrlFor("timeline.Home"), 303);
    }

    internal static async Task Remove(Post post, Pictures pictures)
    {
        await Posts.Remove(post.Id);
        if (post.Picture is not null) await pictures.Delete(post.Picture);
        Flash("The post is deleted.", "success");
    }

    static async Task<Post> Mine(long id)
    {
        var post = await Posts.Get(id);
        return post.Author == Current.User!.Name ? post : throw new HttpException(403, "This post belongs to another user.");
    }
}
