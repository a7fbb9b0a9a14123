using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace MaintenanceApp.Tests.Support;

/// <summary>
/// bunit asks for an older, differently signed AngleSharp.Diffing than the one the registry holds; the one beside the
/// tests is taken instead.
/// </summary>
internal static class AngleSharpDiffing
{
    private const string Name = "AngleSharp.Diffing";

    [ModuleInitializer]
    internal static void Redirect() => AssemblyLoadContext.Default.Resolving += (context, wanted) =>
        wanted.Name == Name ? context.LoadFromAssemblyName(new AssemblyName(Name)) : null;
}
