using System.Globalization;

namespace Toy.Visits;

sealed class VisitorConverter : UrlConverter
{
    public override string Pattern => "v[0-9]{1,9}";

    public override Type ValueType => typeof(VisitorId);

    public override object ToValue(string text) => new VisitorId(int.Parse(text.AsSpan(1), CultureInfo.InvariantCulture));

    public override string ToUrl(object value) => value is VisitorId id ? $"v{id.Number}" : throw new FormatException($"{value} is no visitor.");
}
