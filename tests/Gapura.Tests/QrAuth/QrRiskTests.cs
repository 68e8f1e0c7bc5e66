using Gapura.Platforms;
using Gapura.QrAuth;
using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.QrAuth;

/// <summary>What is risky: everyday circumstances, and one thing changed.</summary>
public sealed class QrRiskTests
{
    private static readonly Screen Desk = new("Chrome", "Windows", "ID", "103.28.12.0/24", 1_772_438_400);

    private static readonly QrCircumstances Everyday = new()
    {
        Policy = PhonePolicy.Documented, Method = NonceMethod.S256, ClientId = "ttb", Screen = Desk, PhoneNetwork = "103.28.12.0/24", PhoneCountry = "ID",
        Past = [new("ttb", "Chrome", "Windows", "103.28.12.0/24")],
    };

    [Fact]
    public void Everyday_two_digits_are_compared() => Is(Everyday, Confirmation.Match);

    [Fact]
    public void The_first_use_of_a_platform() => Is(Everyday with { ClientId = "other" }, Confirmation.Type, Reason.FirstUse);

    [Fact]
    public void Another_country() => Is(Everyday with { PhoneCountry = "SG" }, Confirmation.Type, Reason.OtherCountry);

    [Fact]
    public void A_country_nobody_knows_is_no_other_country()
    {
        Is(Everyday with { PhoneCountry = null }, Confirmation.Match);
        Is(Everyday with { Screen = Desk with { Country = null } }, Confirmation.Match);
    }

    [Fact]
    public void A_phone_on_mobile_data_before_a_screen_the_person_has_used() => Is(Everyday with { PhoneNetwork = "114.5.1.0/24" }, Confirmation.Match);

    [Fact]
    public void A_new_browser_on_the_same_network() => Is(Everyday with { Screen = Desk with { Browser = "Firefox" } }, Confirmation.Type, Reason.NewBrowser);

    [Fact]
    public void A_known_browser_somewhere_else() => Is(Everyday with { Screen = Desk with { Network = "36.66.0.0/24" } }, Confirmation.Type, Reason.OtherNetwork, Reason.NewBrowser);

    [Fact]
    public void A_browser_that_can_prove_to_be_known_is_so_anywhere() =>
        Is(Everyday with { Screen = Desk with { Network = "36.66.0.0/24" }, IsFamiliar = true }, Confirmation.Match);

    [Fact]
    public void A_screen_nobody_remembers() => Is(Everyday with { Screen = Screen.Unknown }, Confirmation.Type, Reason.UnknownScreen);

    [Fact]
    public void A_platform_that_always_wants_the_code() => Is(Everyday with { Policy = PhonePolicy.TypeCode }, Confirmation.Type, Reason.Policy);

    [Fact]
    public void A_platform_that_wants_a_confirmation_gets_the_usual_one() => Is(Everyday with { Policy = PhonePolicy.Confirm }, Confirmation.Match);

    [Fact]
    public void A_documented_screen_can_neither_show_nor_take_a_number_and_the_reasons_are_told_all_the_same() =>
        Is(Everyday with { Method = NonceMethod.Plain, ClientId = "other" }, Confirmation.None, Reason.FirstUse);

    [Fact]
    public void Somebody_new_somewhere_else_for_the_first_time_is_risky_for_every_reason() => Is(
        Everyday with { Past = [], PhoneNetwork = "1.2.3.0/24", PhoneCountry = "SG", Policy = PhonePolicy.TypeCode },
        Confirmation.Type, Reason.Policy, Reason.OtherCountry, Reason.OtherNetwork, Reason.NewBrowser, Reason.FirstUse);

    [Fact]
    public void What_is_unknown_is_said_to_be_unknown()
    {
        Assert.Null(QrRisk.Of(Everyday with { PhoneNetwork = null }).SameNetwork);
        Assert.Null(QrRisk.Of(Everyday with { Screen = Screen.Unknown }).SameNetwork);
        Assert.True(QrRisk.Of(Everyday).SameNetwork);
        Assert.False(QrRisk.Of(Everyday with { PhoneNetwork = "1.2.3.0/24" }).SameNetwork);
    }

    private static void Is(QrCircumstances circumstances, Confirmation confirmation, params string[] reasons)
    {
        var risk = QrRisk.Of(circumstances);
        Assert.Equal(reasons, risk.Reasons);
        Assert.Equal(confirmation, risk.Confirmation);
    }
}
