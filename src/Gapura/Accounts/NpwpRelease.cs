namespace Gapura.Accounts;

/// <summary>By which way a tax number left the house.</summary>
internal enum NpwpWay
{
    /// <summary>The message of the seamless popup, and the token in it.</summary>
    Popup,

    /// <summary><c>/oauth/userinfo</c>, with the scope <c>npwp</c> that the person agreed to.</summary>
    UserInfo,

    /// <summary>A claim of an ID token.</summary>
    IdToken,

    /// <summary><c>/oauth/introspect</c>: a service asked what a token means.</summary>
    Introspection,
}

/// <summary>One platform that was told a person's tax number in one way, over the time that is remembered.</summary>
/// <param name="ClientId">Who was told: at introspection whoever asked, not the platform the token was made for.</param>
/// <param name="First">The first time that is remembered.</param>
/// <param name="Last">The first time of the last day it happened on.</param>
internal sealed record NpwpRelease(string ClientId, NpwpWay Way, DateTimeOffset First, DateTimeOffset Last);
