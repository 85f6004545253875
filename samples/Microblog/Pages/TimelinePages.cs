using Microblog.Data;

namespace Microblog.Pages;

/// <summary>The timelines: posts of followed users, and posts of all users.</summary>
static class TimelinePages
{
    internal static Blueprint Blueprint()
    {
        var timeline = new Blueprint("timeline");
        timeline.Get("/", Home);
        timeline.Get("/everyone", Everyone).ShowsPosts();
        return timeline;
    }

    static async Task<Response> Home()
    {
        if (Current.User is not { } me) return Redirect(UrlFor("timeline.Everyone"));
        var posts = await Posts.For(me.Id, Pager.Before);
        return RenderTemplate("home.html", ("page", Pager.Of(posts)), ("suggested", await Follows.Suggested(me.Id)));
    }

    static async Task<Response> Everyone() => RenderTemplate("everyone.html", ("page", Pager.Of(await Posts.All(Pager.Before))));
}
