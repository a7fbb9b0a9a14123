using MaintenanceApp.Components;

namespace MaintenanceApp.Tests.Components;

public sealed class ToastMessagesTests
{
    [Fact]
    public void The_end_of_an_older_message_does_not_take_the_newer_one_away()
    {
        var messages = new ToastMessages();
        messages.Show("Modifié");
        var older = messages.Current!;
        messages.Show("Modifié");

        messages.Dismiss(older);
        var newer = messages.Current.ShouldNotBeNull("the same words, said again");
        messages.Dismiss(newer);
        messages.Current.ShouldBeNull();
    }
}
