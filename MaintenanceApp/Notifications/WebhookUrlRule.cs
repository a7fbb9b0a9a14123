namespace MaintenanceApp.Notifications;

/// <summary>What is wrong with a webhook URL.</summary>
public enum WebhookUrlFault
{
    NotAbsolute,
    UserName,
    NotHttps,
    TooLong,
}

/// <summary>
/// Which URLs may be posted to, the same for the configuration and the Settings page. Where it leads is checked on the
/// address actually connected to, at each attempt.
/// </summary>
public static class WebhookUrlRule
{
    /// <summary>What servers and proxies agree on, and the longest that the history shows.</summary>
    public const int MaxLength = 2000;

    /// <param name="url">Not blank.</param>
    /// <param name="allowPrivateNetworks">http is allowed inside, where no certificate can be had.</param>
    /// <returns>Null: it may be used.</returns>
    public static WebhookUrlFault? FaultOf(string url, bool allowPrivateNetworks)
    {
        if (url.Length > MaxLength)
        {
            return WebhookUrlFault.TooLong;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return WebhookUrlFault.NotAbsolute;
        }

        if (uri.UserInfo.Length > 0)
        {
            return WebhookUrlFault.UserName;
        }

        return uri.Scheme == Uri.UriSchemeHttps || allowPrivateNetworks ? null : WebhookUrlFault.NotHttps;
    }

    /// <summary>For whoever reads the start-up's sentence in a terminal.</summary>
    public static string English(WebhookUrlFault fault) => fault switch
    {
        WebhookUrlFault.NotAbsolute => "must be an absolute http or https URL",
        WebhookUrlFault.UserName => "must not contain a user name or password",
        WebhookUrlFault.NotHttps => "must be https: only with Webhook:AllowPrivateNetworks may it be http",
        WebhookUrlFault.TooLong => "must have at most 2000 characters",
    };

    /// <summary>The default language of errors.</summary>
    public static string French(WebhookUrlFault fault) => fault switch
    {
        WebhookUrlFault.NotAbsolute => "L’adresse doit être complète et commencer par https://",
        WebhookUrlFault.UserName => "L’adresse ne doit contenir ni nom d’utilisateur ni mot de passe",
        WebhookUrlFault.NotHttps => "L’adresse doit commencer par https:// ; http n’est permis qu’avec Webhook:AllowPrivateNetworks",
        WebhookUrlFault.TooLong => "L’adresse compte au plus 2000 caractères",
    };
}
