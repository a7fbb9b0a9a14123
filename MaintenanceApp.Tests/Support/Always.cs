using FsCheck;
using FsCheck.Fluent;

namespace MaintenanceApp.Tests.Support;

/// <summary>Property tests: a claim that holds for whatever is generated. A failure prints its smallest case and its seed.</summary>
public static class Always
{
    private static readonly Config Settings = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    /// <param name="values">What to try.</param>
    /// <param name="claim">Throws (Shouldly) when it does not hold.</param>
    /// <param name="times">How many values to try.</param>
    public static void Holds<T>(Gen<T> values, Action<T> claim, int times = 1000) =>
        Prop.ForAll(values.ToArbitrary(), claim).Check(Settings.WithMaxTest(times));

    /// <summary>Like <see cref="Gen.Choose(int, int)"/>, with both ends and their neighbours more often than chance would have them.</summary>
    public static Gen<int> Between(int low, int high) => Gen.Frequency((3, Gen.Choose(low, high)), (1, Gen.Elements(low, Math.Min(low + 1, high), Math.Max(high - 1, low), high)));

    /// <summary>Spans up to <paramref name="longest"/>, as often short as long.</summary>
    public static Gen<TimeSpan> Span(TimeSpan longest) =>
        from exponent in Gen.Choose(0, (int)Math.Log2(longest.Ticks))
        from part in Gen.Choose(0, int.MaxValue)
        select TimeSpan.FromTicks(Math.Min(longest.Ticks, (long)((1L << exponent) * (1 + (part / (double)int.MaxValue)))));

    /// <summary>Half the time nothing.</summary>
    public static Gen<T?> Perhaps<T>(Gen<T> values)
        where T : struct => Gen.OneOf(Gen.Constant<T?>(null), values.Select(value => (T?)value));

    /// <summary>Any UTF-16, lone surrogates and NUL too.</summary>
    public static Gen<string> AnyText { get; } = Gen.Choose(0, char.MaxValue).Select(code => (char)code).ArrayOf().Select(letters => new string(letters));
}
