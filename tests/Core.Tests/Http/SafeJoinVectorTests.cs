namespace Modular.Tests;

public class SafeJoinVectorTests(ITestOutputHelper output)
{
    const string OtherSystems = "refused on every system, so that an application behaves alike wherever it runs";

    [Fact]
    public void Joining_works_as_in_Werkzeug()
    {
        var vectors = new VectorFile("safe_join.json", output,
            ("""["b\\c"]""", "null", OtherSystems),
            ("""["\\x"]""", "null", OtherSystems),
            ("""["a\\b"]""", "null", OtherSystems),
            ("""["C:x"]""", "null", OtherSystems),
            ("""["a\u0000b"]""", "null", "no file name holds NUL"),
            ("""["null\u0000.txt"]""", "null", "no file name holds NUL"),
            ("""["CON"]""", "null", OtherSystems),
            ("""["a/CON.txt"]""", "null", OtherSystems));

        foreach (var vector in VectorFile.Load("safe_join.json").EnumerateArray())
        {
            var args = vector.GetProperty("args");
            var parts = args.GetProperty("untrusted").GetProperty("$tuple");
            var joined = SafeJoin.Join(args.GetProperty("directory").GetString()!, [.. parts.EnumerateArray().Select(p => p.GetString()!)]);

            vectors.Check(parts.GetRawText().Replace("\n", "", StringComparison.Ordinal),
                vector.GetProperty("expect").GetProperty("value").GetString() ?? "null", joined ?? "null");
        }
        vectors.Finish();
    }
}
