namespace MaintenanceApp.Notifications;

/// <summary>A webhook URL's path is what lets anyone post to it: screens, logs and answers show only this.</summary>
public static class WebhookUrlMask
{
    /// <summary>Scheme and host, then dots: <c>https://connect.pabbly.com/••••••••</c>.</summary>
    public static string Of(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? $"{uri.Scheme}://{uri.Authority}/••••••••" : "••••••••";
}
