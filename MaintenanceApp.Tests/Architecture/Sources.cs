using System.Text.RegularExpressions;

namespace MaintenanceApp.Tests.Architecture;

/// <summary>One source file of the application.</summary>
/// <param name="Path">From the repository's root, with slashes.</param>
/// <param name="Text">As written.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>The first folder below the project: the slice or support folder. Empty for Program.cs.</summary>
    public string Folder => Path.Split('/') is [_, var folder, _, ..] ? folder : "";

    public bool IsRazor => Path.EndsWith(".razor", StringComparison.Ordinal);

    public int Lines => Text.Split('\n').Length - (Text.EndsWith('\n') ? 1 : 0);

    /// <summary>The text without comments.</summary>
    public string Code => Comment().Replace(Text, "");

    [GeneratedRegex(@"^[ \t]*//[^\n]*|/\*.*?\*/|@\*.*?\*@|<!--.*?-->", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Comment();
}

/// <summary>The repository as files: what these tests read.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    /// <summary>C# and Razor of the application.</summary>
    public static IReadOnlyList<SourceFile> App { get; } = Read("MaintenanceApp");

    /// <summary>C# and Razor of the tests.</summary>
    public static IReadOnlyList<SourceFile> Tests { get; } = Read("MaintenanceApp.Tests");

    public static string PathTo(string relative) => Path.Combine(Root, relative);

    public static IEnumerable<string> Folders(string relative) => Directory.GetDirectories(PathTo(relative))
        .Select(folder => Path.GetFileName(folder))
        .Where(folder => folder is not ("bin" or "obj" or "TestResults"))
        .Order(StringComparer.Ordinal);

    /// <summary>Files below a folder, from the repository's root, without what builds leave behind.</summary>
    public static IEnumerable<string> Files(string relative, params string[] extensions) => Directory
        .EnumerateFiles(PathTo(relative), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or ".git" or "artifacts" or "node_modules" or "TestResults" or "publish"))
        .Where(file => extensions.Length == 0 || extensions.Contains(Path.GetExtension(file)))
        .Order(StringComparer.Ordinal);

    private static SourceFile[] Read(string project) =>
        [.. Files(project, ".cs", ".razor").Select(file => new SourceFile(file, File.ReadAllText(PathTo(file))))];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MaintenanceApp.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"MaintenanceApp.sln is not above {AppContext.BaseDirectory}.");
    }
}
