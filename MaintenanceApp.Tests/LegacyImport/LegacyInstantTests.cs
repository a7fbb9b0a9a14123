using MaintenanceApp.Data;
using MaintenanceApp.LegacyImport;

namespace MaintenanceApp.Tests.LegacyImport;

public sealed class LegacyInstantTests
{
    [Theory]
    [InlineData("2026-11-20 10:00:00", "2026-11-20 10:00:00")]
    [InlineData(" 2026-11-20 10:00 ", "2026-11-20 10:00:00")]
    [InlineData("2026-11-20", "2026-11-20 00:00:00")]
    [InlineData("2026-11-20T10:00", "2026-11-20 10:00:00")]
    [InlineData("2026-11-20T10:00:00.123456789Z", null)]
    [InlineData("2026-11-20T10:00:00.1234567z", "2026-11-20 10:00:00")]
    [InlineData("2026-11-20 10:00:00+00:00", "2026-11-20 10:00:00")]
    [InlineData("2026-11-20 10:00:00 +01:00", "2026-11-20 09:00:00")]
    [InlineData("2026-11-20T22:00:00-0500", "2026-11-21 03:00:00")]
    [InlineData("1763632800000", "2025-11-20 10:00:00")]
    [InlineData("2024-02-29 00:00:00", "2024-02-29 00:00:00")]
    [InlineData("2026-02-29 00:00:00", null)]
    [InlineData("2026-11-20 24:00:00", null)]
    [InlineData("0000-00-00 00:00:00", null)]
    [InlineData("0001-01-01 00:00:00", null)]
    [InlineData("9999-12-31T23:59:59-05:00", null)]
    [InlineData("20/11/2026", null)]
    [InlineData("12", null)]
    [InlineData("\uFFFD", null)]
    public void Reads_what_the_old_system_wrote(string written, string? expected) =>
        Text.Of(LegacyInstant.Parse(written)).ShouldBe(expected);
}
