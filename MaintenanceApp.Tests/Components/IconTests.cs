using System.Text.RegularExpressions;
using System.Xml.Linq;
using MaintenanceApp.Tests.Architecture;

namespace MaintenanceApp.Tests.Components;

public sealed partial class IconTests
{
    private static readonly HashSet<string> Sprite =
        [.. XDocument.Load(Sources.PathTo("wwwroot/icons.svg")).Root!.Elements().Select(symbol => (string)symbol.Attribute("id")!)];

    [Fact]
    public void Every_icon_named_in_a_screen_is_in_the_sprite() => Sources.App
        .Where(file => file.IsRazor)
        .SelectMany(file => Named().Matches(file.Code).Select(match => (file.Path, Name: match.Groups["name"].Value)))
        .Where(icon => !Sprite.Contains(icon.Name))
        .Select(icon => $"{icon.Path}: {icon.Name}; add it to scripts/icons.txt and run scripts/make-icons")
        .ShouldBeEmpty();

    [GeneratedRegex(@"\b(?:Icon|Icon Name)=""(?<name>[a-z0-9-]+)""")]
    private static partial Regex Named();
}
