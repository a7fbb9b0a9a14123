using MaintenanceApp.Jobs;

namespace MaintenanceApp.Tests.Jobs;

public sealed class CronIntervalTests
{
    [Theory]
    [InlineData("00:00:01", "*/1 * * * * *")]
    [InlineData("00:00:10", "*/10 * * * * *")]
    [InlineData("00:01:00", "*/1 * * * *")]
    [InlineData("00:05:00", "*/5 * * * *")]
    [InlineData("00:30:00", "*/30 * * * *")]
    [InlineData("01:00:00", "0 */1 * * *")]
    [InlineData("12:00:00", "0 */12 * * *")]
    [InlineData("1.00:00:00", "0 0 * * *")]
    public void What_divides_a_minute_an_hour_or_a_day_has_an_expression(string interval, string cron)
    {
        var parsed = TimeSpan.Parse(interval, System.Globalization.CultureInfo.InvariantCulture);
        CronInterval.Of(parsed).ShouldBe(cron);
        CronInterval.Read(cron).ShouldBe(parsed);
    }

    [Theory]
    [InlineData("00:07:00", "00:06:00", "00:10:00")]
    [InlineData("00:01:30", "00:01:00", "00:02:00")]
    [InlineData("05:00:00", "04:00:00", "06:00:00")]
    [InlineData("23:00:00", "12:00:00", "1.00:00:00")]
    public void What_does_not_is_told_the_nearest(string interval, string shorter, string longer)
    {
        var parsed = TimeSpan.Parse(interval, System.Globalization.CultureInfo.InvariantCulture);
        CronInterval.Of(parsed).ShouldBeNull();
        CronInterval.Nearest(parsed).Select(near => near.ToString("c")).ShouldBe([shorter, longer]);
    }
}
