using System.Globalization;

namespace Modular.Tests;

/// <summary>Without it, a run in the culture with commas could be one without it.</summary>
public sealed class TestCultureTests
{
    [Fact]
    public void The_culture_of_the_run_is_the_requested_one()
    {
        var isComma = Environment.GetEnvironmentVariable("MODULAR_TEST_CULTURE") == "comma";

        Assert.Equal(isComma ? "\u22121,5" : "-1.5", (-1.5).ToString(CultureInfo.CurrentCulture));
    }
}
