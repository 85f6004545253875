using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Modular.Tests.Http;

#pragma warning disable CA1812, CA1822, CA1819, CA1044       // types that only JSON makes and reads

enum Size { Small, Large }

[JsonConverter(typeof(JsonStringEnumConverter<Named>))]
enum Named { One, Two }

[JsonConverter(typeof(JsonStringEnumConverter))]
enum AlsoNamed { One, Two }

sealed record Order(string Name, int Count);

sealed record Unused(int Number);

sealed record Box(Order First, List<Order> More, Dictionary<string, Order>? ByName = null, int Limit = 5);

record struct Point(int X, int Y);

readonly record struct Frozen(int X, string? Text);

sealed class Plain
{
    public string Name { get; set; } = "unnamed";
    public int? Count { get; set; }
    public Size Size { get; set; }
    public Named Named { get; set; }
    public AlsoNamed Also { get; set; }
}

class Base
{
    public int Id { get; set; }
    public virtual string Kind => "base";
}

sealed class Derived : Base
{
    public override string Kind => "derived";
    public string Extra { get; init; } = "none";
}

sealed class Required
{
    public required string Name { get; init; }
    public required int Count { get; set; }
}

sealed class Marked
{
    [JsonPropertyName("the-name")]
    public string Name { get; set; } = "";

    [JsonIgnore]
    public string Secret { get; set; } = "hidden";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; set; }

    [JsonPropertyOrder(-1)]
    public int First { get; set; }

    [JsonConverter(typeof(Shout))]
    public string Loud { get; set; } = "";

    public int ReadOnly => 3;

    public int Kept { get; private set; } = 4;

    public static int Shared => 1;

    internal int Inner { get; set; }

    public string this[int i] => $"{i}";
}

sealed class Shout : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!.ToLowerInvariant();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToUpperInvariant());
}

sealed class Chosen
{
    public Chosen() => From = "nothing";

    [JsonConstructor]
    public Chosen(string from) => From = from;

    public string From { get; }
}

sealed class Tree
{
    public string Name { get; set; } = "";
    public List<Tree> Children { get; set; } = [];
}

sealed record Demanding([property: JsonRequired] string Name, int Count);

sealed class Lenient
{
    [SetsRequiredMembers]
    public Lenient() => Name = "nobody";

    public required string Name { get; set; }

    [AllowNull]
    public string Title { get; set => field = value ?? ""; } = "";

    [MaybeNull, DisallowNull]
    public string Note { get; set; } = "";
}

sealed class Everything
{
    public byte[] Bytes { get; set; } = [1, 2];
    public DateTime Day { get; set; }
    public DateOnly Date { get; set; }
    public TimeSpan Time { get; set; }
    public Guid Id { get; set; }
    public Uri? Url { get; set; }
    public object? Any { get; set; }
    public JsonElement? Json { get; set; }
    public double Number { get; set; }
    public decimal Money { get; set; }
    public char Letter { get; set; } = 'a';
    public long? Big { get; set; }
    public int[] Numbers { get; set; } = [];
    public HashSet<string> Set { get; set; } = [];
    public IReadOnlyList<Point> Points { get; set; } = [];
    public IDictionary<int, string>? Ids { get; set; }
    public IEnumerable<Size>? Sizes { get; set; }
    public BigInteger Huge { get; set; }
    public Markup? Page { get; set; }
    public List<List<int>> Table { get; set; } = [];
    public Two<int> Pair { get; set; } = new();
}

sealed class Two<T>
{
    public T? Left { get; set; }

    [AllowNull]
    public T Right { get; set; }
}
