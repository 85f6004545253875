using Microblog.Data;

namespace Microblog.Pages;

/// <summary>Pages for admins. One hook protects the whole blueprint.</summary>
static class AdminPages
{
    internal static Blueprint Blueprint()
    {
        var admin = new Blueprint("admin", "/admin").LoginRequired();
        admin.BeforeRequest(() => { if (!Current.User!.IsAdmin) Abort(403, "Only admins can open this page."); });
        admin.Get("/", async () => RenderTemplate("admin_users.html", ("page", Pager.Of(await Users.After(Pager.After)))), endpoint: "users");
        admin.Get("/posts", async () => RenderTemplate("admin_posts.html", ("page", Pager.Of(await Posts.All(Pager.Before)))), endpoint: "posts");
        admin.Post("/user/<name>/lock", (string name) => SetLocked(name, true), endpoint: "lock");
        admin.Post("/user/<name>/unlock", (string name) => SetLocked(name, false), endpoint: "unlock");
        admin.Post("/post/<int:id>/delete", Delete);
        return admin;
    }

    static async Task<Response> SetLocked(string name, bool isLocked)
    {
        var user = await Users.Get(name);
        if (user.IsAdmin) Abort(409, "Admins can't be locked.");
        await Users.SetLocked(user.Id, isLocked);
        Flash(isLocked ? $"{user.Name} is locked." : $"{user.Name} is unlocked.", "success");
        return Redirect(UrlFor("admin.users"), 303);
    }

    static async Task<Response> Delete(long id, Pictures pictures)
    {
        await PostPages.Remove(await Posts.Get(id), pictures);
        return Redirect(UrlFor("admin.posts"), 303);
    }
}
