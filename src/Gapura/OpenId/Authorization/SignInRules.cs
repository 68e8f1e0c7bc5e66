using Gapura.Sessions;

namespace Gapura.OpenId.Authorization;

/// <summary>What a browser's session lacks for a request (OpenID Connect Core 1.0 sections 3.1.2.1 and 3.1.2.3).</summary>
internal enum Lack
{
    Nothing,

    /// <summary>Nobody is signed in, or not lately enough.</summary>
    SignIn,

    /// <summary>A phone's yes.</summary>
    Phone,

    /// <summary>The password, beside the phone.</summary>
    Password,

    /// <summary>Somebody else was meant.</summary>
    OtherPerson,
}

/// <summary>Whether the person is signed in, lately enough, strongly enough, and the right one. Pure.</summary>
internal static class SignInRules
{
    /// <param name="subject">What the signed-in person is called towards the platform.</param>
    /// <param name="askedAt">When they were asked for this request; null when they were not.</param>
    public static Lack Of(AuthorizationRequest request, BrowserSession? session, string? subject, DateTimeOffset? askedAt, DateTimeOffset now)
    {
        if (session is null) return Stronger(request, []) is Lack.Phone ? Lack.Phone : Lack.SignIn;
        if (!IsFreshEnough(request, session, askedAt, now)) return Stronger(request, []) is Lack.Phone ? Lack.Phone : Lack.SignIn;
        if (request.Subject is { } meant && meant != subject) return Lack.OtherPerson;
        return Stronger(request, session.Methods);
    }

    // prompt=login and select_account ask once, whoever is signed in; max_age as often as it says.
    private static bool IsFreshEnough(AuthorizationRequest request, BrowserSession session, DateTimeOffset? askedAt, DateTimeOffset now)
    {
        var isSince = askedAt is not null && session.SignedInAt >= askedAt;
        if ((request.Prompt.HasFlag(Prompt.Login) || request.Prompt.HasFlag(Prompt.SelectAccount)) && !isSince) return false;
        return request.MaxAge is not { } most || isSince || now - session.SignedInAt <= most;
    }

    private static Lack Stronger(AuthorizationRequest request, IReadOnlyList<string> methods)
    {
        var known = request.AcrValues.Where(Acr.All.Contains).ToList();
        if (known.Count == 0 || known.Contains(Acr.Password) || (methods.Count > 0 && Acr.Reached(methods, known) is not null)) return Lack.Nothing;
        return methods.Contains(SignInMethods.SoftwareKey) ? Lack.Password : Lack.Phone;
    }
}
