using System.Globalization;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Faults;

/// <summary>A file system of a test's own in memory, which can be filled up. Needs root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly CancellationTokenSource freed = new();
    private Task filling = Task.CompletedTask;

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("maintenance-disk-").FullName;
        await Shell.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
        return new(folder);
    }

    public Task MakeReadOnlyAsync() => Shell.RunAsync("mount", "-o", "remount,ro", Folder);

    public Task MakeWritableAsync() => Shell.RunAsync("mount", "-o", "remount,rw", Folder);

    /// <summary>Until the last byte, and keeps it so.</summary>
    public async Task FillAsync()
    {
        // At once, but for the last megabytes: the fault must begin while answers are under way, and the program writes meanwhile
        // (its write-ahead log alone grows by 4 MB before it is folded in).
        var most = new DriveInfo(Folder).AvailableFreeSpace - (16 << 20);
        await Shell.RunAsync("fallocate", "-l", most.ToString(CultureInfo.InvariantCulture), Filler);
        await WriteUntilFullAsync();
        filling = KeepFullAsync();
    }

    public async Task FreeAsync()
    {
        await freed.CancelAsync();
        await filling;
        File.Delete(Filler);
    }

    public async ValueTask DisposeAsync()
    {
        await freed.CancelAsync();
        await filling;
        await Shell.TryAsync("umount", Folder);
        Directory.Delete(Folder, recursive: true);
        freed.Dispose();
    }

    private async Task KeepFullAsync()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await tick.WaitForNextTickAsync(freed.Token))
            {
                await WriteUntilFullAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Freed.
        }
    }

    private async Task WriteUntilFullAsync()
    {
        var (large, small) = (new byte[1 << 16], new byte[1 << 10]);
        foreach (var block in new[] { large, small })
        {
            try
            {
                await using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
                while (true)
                {
                    await file.WriteAsync(block);
                }
            }
            catch (IOException)
            {
                // Full, as far as blocks of this size go.
            }
        }
    }
}
