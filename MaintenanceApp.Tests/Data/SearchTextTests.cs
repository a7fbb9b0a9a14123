using MaintenanceApp.Data;

namespace MaintenanceApp.Tests.Data;

/// <summary>Whatever people or programs store can be searched and put in order.</summary>
public sealed class SearchTextTests
{
    [Fact]
    public void Every_single_character_can_be_folded()
    {
        foreach (var character in Enumerable.Range(0, char.MaxValue + 1))
        {
            Should.NotThrow(() => SearchText.Fold($"a{(char)character}b"), $"U+{character:X4}");
        }
    }
}
