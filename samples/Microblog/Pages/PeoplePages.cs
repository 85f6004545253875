using Microblog.Data;

namespace Microblog.Pages;

/// <summary>Profiles, followers and following.</summary>
static class PeoplePages
{
    internal static Blueprint Blueprint()
    {
        var people = new Blueprint("people");
        people.Get("/people", async () => RenderTemplate("people.html", ("page", Pager.Of(await Users.After(Pager.After)))), endpoint: "index").ShowsPeople();
        people.Get("/user/<name>", (string name) => Profile(name, "posts"), endpoint: "profile").ShowsPeople();
        people.Get("/user/<name>/following", (string name) => Profile(name, "following"), endpoint: "following").ShowsPeople();
        people.Get("/user/<name>/followers", (string name) => Profile(name, "followers"), endpoint: "followers").ShowsPeople();
        people.Post("/user/<name>/follow", Follow).LoginRequired();
        people.Post("/user/<name>/unfollow", Unfollow).LoginRequired();
        return people;
    }

    static async Task<Markup> Profile(string name, string tab)
    {
        var user = await Users.Get(name);
        object page = tab switch
        {
            "following" => Pager.Of(await Follows.By(user.Id, Pager.After)),
            "followers" => Pager.Of(await Follows.Of(user.Id, Pager.After)),
            _ => Pager.Of(await Posts.By(user.Id, Pager.Before)),
        };
        var isFollowed = Current.User is { } me && await Follows.Exists(me.Id, user.Id);
        return RenderTemplate("profile.html", ("user", user), ("tab", tab), ("page", page), ("counts", await Follows.CountsOf(user.Id)), ("is_followed", isFollowed));
    }

    static async Task<Response> Follow(string name)
    {
        var (me, user) = (Current.User!, await Users.Get(name));
        if (me.Id == user.Id) Abort(409, "You can't follow yourself.");
        if (await Follows.Add(me.Id, user.Id)) Flash($"You follow {user.DisplayName} now.", "success");
        return Redirect(UrlFor("people.profile", ("name", user.Name)), 303);
    }

    static async Task<Response> Unfollow(string name)
    {
        var (me, user) = (Current.User!, await Users.Get(name));
        if (await Follows.Remove(me.Id, user.Id)) Flash($"You no longer follow {user.DisplayName}.", "success");
        return Redirect(UrlFor("people.profile", ("name", user.Name)), 303);
    }
}
