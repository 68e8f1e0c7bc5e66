using Gapura.Sessions;
using Xunit;

namespace Gapura.Tests.Sessions;

public sealed class OwnFormsTests
{
    private const string Own = "https://id.example.go.id";

    [Theory]
    [InlineData("same-origin", null, false, true)]
    [InlineData("same-origin", "null", false, true)]
    [InlineData("same-origin", "https://evil.example", false, true)]
    [InlineData("none", null, false, true)]
    [InlineData("same-site", Own, true, false)]
    [InlineData("cross-site", Own, true, false)]
    [InlineData("cross-site", null, true, false)]
    [InlineData("Same-Origin", Own, true, false)]
    [InlineData("same-origin, cross-site", Own, true, false)]
    [InlineData("something new", Own, true, false)]
    [InlineData(null, Own, false, true)]
    [InlineData("", Own, false, true)]
    [InlineData(null, Own + "/", true, false)]
    [InlineData(null, "HTTPS://ID.EXAMPLE.GO.ID", true, false)]
    [InlineData(null, "https://id.example.go.id.evil.example", true, false)]
    [InlineData(null, "https://id.example.go.id:444", true, false)]
    [InlineData(null, "http://id.example.go.id", true, false)]
    [InlineData(null, "null", true, true)]
    [InlineData(null, "null", false, false)]
    [InlineData(null, null, false, true)]
    [InlineData("", "", false, true)]
    public void A_form_is_ours_when_the_browser_says_so(string? fetchSite, string? origin, bool hasCookie, bool isOwn) =>
        Assert.Equal(isOwn, OwnForms.IsOwn(fetchSite, origin, Own, hasCookie));
}
