using Gapura.Accounts;
using Gapura.Audit;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Neighbours;

/// <summary>A platform that calls in a person's name, by the access token it shows.</summary>
internal sealed record Bearer(Platform Platform, Account Account, AccessToken Token)
{
    /// <summary>What the person is called towards this platform: <c>id</c> and <c>ownerId</c> on the wire.</summary>
    public string Subject => Token.Subject;

    public bool May(string scope) => Token.Scope is { } given && Scopes.Has(given, scope);

    public Hand Hand(Visitor from) => Audit.Hand.Platform(from, Platform.ClientId);
}
