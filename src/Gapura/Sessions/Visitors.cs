using Gapura.Audit;
using Gapura.Kernel;

namespace Gapura.Sessions;

/// <summary>Reads off a request what people see of it later: the one reading for both doors and our own pages.</summary>
internal sealed class Visitors(SessionsOptions options)
{
    public Visitor Of(HttpContext context)
    {
        var (browser, system) = BrowserName.Of(context.Request.Headers.UserAgent.ToString());
        return new Visitor(browser, system, NetworkName.Of(context.Connection.RemoteIpAddress), CountryOf(context));
    }

    /// <summary>Whose hand acts within a session: the phone's that opened it, or the person's.</summary>
    public Hand Hand(HttpContext context, BrowserSession session) => session.DeviceId is null ? Audit.Hand.Account(Of(context)) : Audit.Hand.Device(Of(context));

    // XX and T1 are a proxy's "unknown"; what is not two letters is no country.
    private string? CountryOf(HttpContext context) =>
        options.CountryHeader is { } header && context.Request.Headers[header].ToString() is { Length: 2 } text && text.All(char.IsAsciiLetter) && text is not ("XX" or "xx")
            ? text.ToUpperInvariant() : null;
}
