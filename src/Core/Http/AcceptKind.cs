namespace Modular;

/// <summary>What an Accept header is about: it decides what matches what.</summary>
enum AcceptKind
{
    /// <summary>Plain words, as encodings.</summary>
    Word,

    /// <summary>Media types with wildcards and parameters.</summary>
    MediaType,

    /// <summary>Language tags.</summary>
    Language,
}

static class AcceptKinds
{
    extension(AcceptKind kind)
    {
        /// <summary>Larger for what says more: <c>text/html; level=1</c>, <c>text/html</c>, <c>text/*</c>, <c>*/*</c>.</summary>
        internal int Specificity(string value)
        {
            if (kind != AcceptKind.MediaType) return value == "*" ? 0 : 1;
            var type = MediaType.Parse(value);
            return (type.Type == "*" ? 0 : 2000) + (type.Subtype == "*" ? 0 : 1000) + Math.Min(type.Parameters.Length, 999);
        }

        /// <summary>True when the client's <paramref name="wish"/> covers the application's <paramref name="offer"/>.</summary>
        internal bool Matches(string offer, string wish) => kind switch
        {
            AcceptKind.MediaType => MediaType.Parse(wish).Covers(MediaType.Parse(offer)),
            AcceptKind.Language => wish == "*" || string.Equals(wish.Replace('_', '-'), offer.Replace('_', '-'), StringComparison.OrdinalIgnoreCase),
            _ => wish == "*" || string.Equals(wish, offer, StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary><c>en</c> of <c>en-GB</c>.</summary>
    internal static string PrimaryLanguage(string tag) => tag.AsSpan().IndexOfAny('-', '_') is >= 0 and var end ? tag[..end] : tag;

    /// <summary>A media type in lower case, its parameters sorted.</summary>
    readonly record struct MediaType(string Type, string Subtype, string[] Parameters)
    {
        internal static MediaType Parse(string text)
        {
            var parts = text.ToLowerInvariant().Split(';');
            for (var i = 0; i < parts.Length; i++) parts[i] = parts[i].AsSpan().Trim(HttpToken.Blanks).ToString();
            var slash = parts[0].IndexOf('/', StringComparison.Ordinal);
            if (slash < 0) return new("", "", []);
            var parameters = parts[1..];
            Array.Sort(parameters, StringComparer.Ordinal);
            return new(parts[0][..slash], parts[0][(slash + 1)..], parameters);
        }

        internal bool Covers(MediaType offer)
        {
            if (Type.Length == 0 || offer.Type.Length == 0) return false;
            if (Type == "*") return Subtype == "*";
            return Type == offer.Type && (Subtype == "*" || Subtype == offer.Subtype && Parameters.AsSpan().SequenceEqual(offer.Parameters));
        }
    }
}
