namespace Conformance.Tests.Sections;

sealed class RoutingSection : ISection
{
    internal static readonly string[] Targets =
    [
        "/", "/hello", "/projects/", "/projects", "/about", "/about/", "/user/{}", "/post/{}", "/r/str/{}", "/r/min/{}", "/r/max/{}", "/r/minmax/{}", "/r/len/{}", "/r/int/{}", "/r/fixed/{}",
        "/r/range/{}", "/r/sint/{}", "/r/float/{}", "/r/sfloat/{}", "/r/frange/{}", "/r/path/{}/edit", "/r/path/{}", "/r/path/{}/{}", "/r/tree/{}/", "/r/tree/{}", "/r/tree/{}/{}/", "/r/any/{}",
        "/r/uuid/{}", "/r/branch", "/r/branch/", "/r/branch/{}", "/r/branch/{}/", "/r/leaf", "/r/leaf/", "/r/both", "/r/both/", "/r/date/{}-{}-{}", "/r/file/{}.{}", "/r/file/{}",
        "/r/affix/pre-{}-post", "/r/affix/{}", "/r/deep/{}/{}/{}", "/r/mid/{}/end", "/r/na%C3%AFve/{}", "/r/with%20space/{}", "/r/with+space/x", "/p/static", "/p/{}", "/p/{}/edit", "/p/static/{}", "/p/{}/{}",
        "/p/user/me", "/p/user/{}", "/p/v{}", "/q/{}", "/b/multi", "/b/multi/{}", "/b/multi/{}/{}", "/b/multi/", "/b/two/{}/x/{}", "/b/two/{}/x/1/x/{}", "/b/%C3%BCn%C3%AF/{}", "/r/loose", "/r/loose/", "/b/defaults/",
        "/b/defaults", "/b/defaults/{}", "/b/by-get", "/b/by-post", "/r/post-branch", "/r/post-branch/", "/nope/{}", "//hello", "/r//leaf", "/r/path//{}", "/r/./leaf", "/r/x/../leaf", "/hello//",
        "/%2Fhello", "/r/str/%FF", "/r/str/%C3", "/r/str/%E4%B8", "/r/str/%25", "/r/str/%2525", "/r/str/%", "/r/str/%zz", "/projects?a=b", "/projects?a=%20b&c=%C3%BC", "/r/branch?x=1",
        "/b/defaults/1", "/b/defaults/1?q=2", "/r/date/{}-{}-{}?x", "/HELLO", "/Projects/", "/r/branch/{}?a={}", "//", "///", "/r/path/{}//{}", "/r/path/{}/edit/edit", "/p/{}/{}/{}", "/r/int/00{}", "/r/loose//",
        "/r/deep//{}/{}", "/r/float/0{}.5", "/r/sfloat/-{}.0", "/r/sint/-{}", "/r/str/a%2Fb", "/r/path/a%2F%2Fb", "/%72/leaf", "/hello?", "/hello?%FF=%zz",
    ];

    public RawRequest Next(Random random) =>
        new(random.Chance(.6) ? "GET" : random.Of("HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PURGE", "FOO"), random.Filled(random.Of<string>(Targets)));
}

sealed class MethodsSection : ISection
{
    public RawRequest Next(Random random) => new(
        random.Of("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "PURGE", "get", "post", "TRACE", "X", "PROPFIND"),
        $"/m/{random.Of("default", "post", "getpost", "rest", "custom", "options", "lower", "split")}{random.Of("", "", "", "/", "?x=1")}");
}
