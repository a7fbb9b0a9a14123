using System.Text.RegularExpressions;

namespace MaintenanceApp.Tickets.Comments;

/// <summary>How a piece of a comment looks.</summary>
public enum MarkupKind
{
    Text,
    Bold,
    Italic,
    Link,
    Mention,
}

/// <summary>A piece of a line, as plain text: whoever shows it encodes it.</summary>
/// <param name="Kind">How it looks.</param>
/// <param name="Text">What is read.</param>
/// <param name="Href">For links: absolute, http or https, never anything else.</param>
public sealed record MarkupPiece(MarkupKind Kind, string Text, string? Href = null);

/// <summary>A paragraph (its lines) or a list (its items).</summary>
/// <param name="IsList">Items instead of lines.</param>
/// <param name="IsNumbered">1. 2. 3. instead of points.</param>
/// <param name="Lines">Each a row of pieces.</param>
public sealed record MarkupBlock(bool IsList, bool IsNumbered, IReadOnlyList<IReadOnlyList<MarkupPiece>> Lines);

/// <summary>
/// The little of Markdown that comments know: <c>**bold**</c>, <c>*italic*</c>, lists, <c>[text](https://…)</c> and bare
/// addresses, and @names of people. It makes no HTML; anything it does not know stays as it was typed.
/// </summary>
public static partial class CommentMarkup
{
    /// <param name="comment">As typed.</param>
    /// <param name="mentioned">Full names of the people it mentions.</param>
    public static IReadOnlyList<MarkupBlock> Parse(string comment, IReadOnlyCollection<string> mentioned)
    {
        var blocks = new List<MarkupBlock>();
        var lines = new List<IReadOnlyList<MarkupPiece>>();
        var (isList, isNumbered) = (false, false);

        void Close()
        {
            if (lines.Count > 0)
            {
                blocks.Add(new MarkupBlock(isList, isNumbered, [.. lines]));
                lines.Clear();
            }
        }

        foreach (var line in comment.ReplaceLineEndings("\n").Split('\n'))
        {
            var item = Item().Match(line);
            var number = Numbered().Match(line);
            var (asList, asNumbered) = (item.Success || number.Success, number.Success);
            if (string.IsNullOrWhiteSpace(line) || (asList, asNumbered) != (isList, isNumbered))
            {
                Close();
            }

            (isList, isNumbered) = (asList, asNumbered);
            if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Add(Pieces(item.Success ? item.Groups["text"].Value : number.Success ? number.Groups["text"].Value : line, mentioned));
            }
        }

        Close();
        return blocks;
    }

    private static List<MarkupPiece> Pieces(string line, IReadOnlyCollection<string> mentioned)
    {
        var pieces = new List<MarkupPiece>();
        var at = 0;
        foreach (Match match in Mark().Matches(line))
        {
            if (Read(match) is not { } piece)
            {
                continue;
            }

            AddText(pieces, line[at..match.Index], mentioned);
            pieces.Add(piece);
            at = match.Index + match.Length;
        }

        AddText(pieces, line[at..], mentioned);
        return pieces;
    }

    private static MarkupPiece? Read(Match match) => match switch
    {
        _ when match.Groups["bold"].Success => new(MarkupKind.Bold, match.Groups["bold"].Value),
        _ when match.Groups["italic"].Success => new(MarkupKind.Italic, match.Groups["italic"].Value),
        _ when match.Groups["label"].Success => Link(match.Groups["label"].Value, match.Groups["target"].Value),
        _ => Link(match.Groups["bare"].Value, match.Groups["bare"].Value),
    };

    private static MarkupPiece? Link(string text, string target) =>
        Uri.TryCreate(target, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? new(MarkupKind.Link, text, address.AbsoluteUri)
            : null;

    private static void AddText(List<MarkupPiece> pieces, string text, IReadOnlyCollection<string> mentioned)
    {
        while (text.Length > 0)
        {
            // The first mention, the longest name where two begin alike.
            var first = mentioned
                .Select(name => (Name: name, At: CommentMentions.IndexOf(text, name)))
                .Where(found => found.At >= 0)
                .OrderBy(found => found.At).ThenByDescending(found => found.Name.Length)
                .FirstOrDefault((Name: "", At: -1));
            if (first.At < 0)
            {
                pieces.Add(new(MarkupKind.Text, text));
                return;
            }

            if (first.At > 0)
            {
                pieces.Add(new(MarkupKind.Text, text[..first.At]));
            }

            pieces.Add(new(MarkupKind.Mention, text.Substring(first.At, first.Name.Length + 1)));
            text = text[(first.At + first.Name.Length + 1)..];
        }
    }

    [GeneratedRegex(@"^\s{0,3}[-*•]\s+(?<text>\S.*)$")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\s{0,3}\d{1,3}[.)]\s+(?<text>\S.*)$")]
    private static partial Regex Numbered();

    // A mark holds no mark of its kind and no space at its edges, so that « 3 * 4 * 5 » stays as it is.
    [GeneratedRegex(
        """
        \*\*(?<bold>[^\s*](?:[^*]{0,500}[^\s*])?)\*\*
        |(?<![\w*])\*(?<italic>[^\s*](?:[^*]{0,500}[^\s*])?)\*(?![\w*])
        |\[(?<label>[^\[\]]{1,300})\]\((?<target>https?://[^\s()<>"]{1,1000})\)
        |(?<!\w)(?<bare>https?://[^\s<>"]{1,1000}[^\s<>".,;:!?)\]»*'])
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 500)]
    private static partial Regex Mark();
}
