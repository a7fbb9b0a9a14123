namespace MaintenanceApp.Notifications;

/// <summary>What a receiver answered, made safe to store.</summary>
public static class StoredText
{
    /// <summary>The first characters, never half of a surrogate pair.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    /// <summary>PostgreSQL refuses NUL characters in text.</summary>
    public static string Clean(string text) => text.Replace('\0', '\uFFFD');
}
