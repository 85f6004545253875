using System.Globalization;
using System.Runtime.CompilerServices;

/// <summary>MODULAR_TEST_CULTURE=comma runs every test in a culture that writes −1.234,5 and 31.01.2026, also where .NET runs without its tables of cultures.</summary>
static class TestCulture
{
    const string Variable = "MODULAR_TEST_CULTURE";

#pragma warning disable CA2255 // A test assembly is an application here: the culture must be there before the first test.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set()
    {
        switch (Environment.GetEnvironmentVariable(Variable))
        {
            case null or "": return;
            case "comma": CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = Comma(); return;
            case var other: throw new InvalidOperationException($"{Variable} has the value \"{other}\". Write \"comma\", or leave it out.");
        }
    }

    static CultureInfo Comma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var (numbers, dates) = (culture.NumberFormat, culture.DateTimeFormat);
        numbers.NumberDecimalSeparator = numbers.PercentDecimalSeparator = numbers.CurrencyDecimalSeparator = ",";
        numbers.NumberGroupSeparator = numbers.PercentGroupSeparator = numbers.CurrencyGroupSeparator = ".";
        numbers.NegativeSign = "\u2212";
        (dates.DateSeparator, dates.TimeSeparator, dates.ShortDatePattern, dates.LongTimePattern) = (".", ".", "dd/MM/yyyy", "HH:mm:ss");
        return CultureInfo.ReadOnly(culture);
    }
}
