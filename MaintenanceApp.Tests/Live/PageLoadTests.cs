using MaintenanceApp.Live;
using MaintenanceApp.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Tests.Live;

public sealed class PageLoadTests : IDisposable
{
    private readonly LogLines log = new();
    private readonly PageLoad load;
    private readonly List<string> shown = [];

    public PageLoadTests() => load = new PageLoad(log);

    public void Dispose()
    {
        load.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task The_latest_question_wins_whichever_is_answered_first()
    {
        var (slow, quick) = (new TaskCompletionSource<Action>(), new TaskCompletionSource<Action>());
        var (slowLoad, quickLoad) = (Ask(slow), Ask(quick));
        load.Current.ShouldBe(2);
        quick.SetResult(() => shown.Add("quick"));
        await quickLoad;
        load.IsRunning.ShouldBeFalse();
        slow.SetResult(() => shown.Add("slow"));
        await slowLoad;
        shown.ShouldBe(["quick"]);

        var (overtaken, last) = (new TaskCompletionSource<Action>(), new TaskCompletionSource<Action>());
        var (overtakenLoad, lastLoad) = (Ask(overtaken), Ask(last));
        overtaken.SetResult(() => shown.Add("overtaken"));
        await overtakenLoad;
        load.IsRunning.ShouldBeTrue("the latest question has no answer yet");
        last.SetResult(() => shown.Add("last"));
        await lastLoad;
        load.IsRunning.ShouldBeFalse();
        shown.ShouldBe(["quick", "last"]);
    }

    [Fact]
    public async Task A_failure_keeps_what_was_shown_and_its_reference_is_in_the_log()
    {
        await ShowAsync("before");
        await FailAsync(load);

        shown.ShouldBe(["before"]);
        load.IsRunning.ShouldBeFalse();
        load.ErrorReference.ShouldNotBeNull().Length.ShouldBe(8);
        log.Lines.ShouldHaveSingleItem().ShouldStartWith($"The list failed, reference {load.ErrorReference}\n{typeof(SqliteException).FullName}");

        var next = new TaskCompletionSource<Action>();
        var loading = Ask(next);
        load.ErrorReference.ShouldBeNull("a new question is asked");
        next.SetResult(() => shown.Add("after"));
        await loading;
        shown.ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task An_error_that_is_kept_goes_with_the_next_answer()
    {
        using var keeping = new PageLoad(log) { KeepsError = true };
        await FailAsync(keeping);
        var reference = keeping.ErrorReference.ShouldNotBeNull();

        var next = new TaskCompletionSource<Action>();
        var loading = keeping.RunAsync("The list", _ => next.Task);
        keeping.ErrorReference.ShouldBe(reference);
        next.SetResult(() => { });
        await loading;
        keeping.ErrorReference.ShouldBeNull();
    }

    [Fact]
    public async Task The_failure_of_an_overtaken_question_concerns_nobody()
    {
        var overtaken = new TaskCompletionSource<Action>();
        var loading = Ask(overtaken);
        await ShowAsync("later");

        overtaken.SetException(new SqliteException("disk I/O error", 10));
        await loading;

        load.ErrorReference.ShouldBeNull();
        log.Lines.ShouldBeEmpty();
        shown.ShouldBe(["later"]);
    }

    [Fact]
    public async Task A_refresh_that_fails_leaves_everything_as_it_is()
    {
        Func<Task<Action>> answer = () => Task.FromResult<Action>(() => shown.Add("first"));
        await load.RunAsync("The list", _ => answer());
        answer = () => Task.FromException<Action>(new InvalidOperationException("transient", new SqliteException("database is locked", 5)));
        await load.RefreshAsync();
        (load.ErrorReference, load.IsRunning).ShouldBe((null, false));
        log.Lines.ShouldHaveSingleItem().ShouldContain("The list failed");

        answer = () => Task.FromResult<Action>(() => shown.Add("second"));
        await load.RefreshAsync();
        shown.ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task A_refresh_that_overtakes_what_a_person_asked_fails_in_its_place()
    {
        await ShowAsync("before");
        var asked = new TaskCompletionSource<Action>();
        var loading = Ask(asked);
        var refreshing = load.RefreshAsync();
        asked.SetException(new SqliteException("disk I/O error", 10));
        await Task.WhenAll(loading, refreshing);
        load.ErrorReference.ShouldNotBeNull("the rows of the last question must not stand there as the answer to this one");
    }

    [Fact]
    public async Task Only_failures_that_are_expected_are_caught()
    {
        Task RunAsync(Func<Exception, bool>? isAlsoExpected) =>
            load.RunAsync("The list", _ => Task.FromException<Action>(new NotSupportedException()), isAlsoExpected);

        await Should.ThrowAsync<NotSupportedException>(() => RunAsync(null));
        (load.IsRunning, load.ErrorReference).ShouldBe((false, null));

        await RunAsync(exception => exception is NotSupportedException);
        log.Lines.ShouldHaveSingleItem().ShouldContain(load.ErrorReference.ShouldNotBeNull());
    }

    [Fact]
    public async Task The_end_of_the_page_ends_its_questions_quietly()
    {
        async Task<Action> ReadAsync(CancellationToken gone) => await new TaskCompletionSource<Action>().Task.WaitAsync(gone);

        var loading = load.RunAsync("The list", ReadAsync);
        load.Dispose();
        await loading;
        await load.RunAsync("The list", ReadAsync);

        load.Gone.IsCancellationRequested.ShouldBeTrue();
        (load.IsRunning, load.ErrorReference).ShouldBe((false, null));
        log.Lines.ShouldBeEmpty();
    }

    private static Task FailAsync(PageLoad load) =>
        load.RunAsync("The list", _ => Task.FromException<Action>(new SqliteException("database is locked", 5)));

    private Task Ask(TaskCompletionSource<Action> answer) => load.RunAsync("The list", _ => answer.Task);

    private Task ShowAsync(string text) => load.RunAsync("The list", _ => Task.FromResult<Action>(() => shown.Add(text)));
}
