using Gapura.OpenId.Authorization;
using Gapura.OpenId.Clients;
using Gapura.OpenId.Connected;
using Gapura.OpenId.DeviceFlow;
using Gapura.OpenId.Exchange;
using Gapura.OpenId.Logout;
using Gapura.OpenId.Neighbours;
using Gapura.OpenId.Registration;
using Gapura.Storage;

namespace Gapura.OpenId;

internal static class OpenIdRoom
{
    public static IServiceCollection AddOpenId(this IServiceCollection services) => services
        .AddSingleton<KeySetFetch>().AddSingleton<ClientKeys>().AddSingleton<ClientAssertions>()
        .AddSingleton<ClientAuthentication>().AddSingleton<SenderKeys>()
        .AddSingleton<TokenAnswers>().AddSingleton<IGrantType, CodeGrant>().AddSingleton<IGrantType, RefreshGrant>()
        .AddSingleton<AuthorizationCodes>().AddSingleton<ISwept>(s => s.GetRequiredService<AuthorizationCodes>())
        .AddSingleton<ConnectedPlatforms>().AddSingleton<PlatformPages>()
        .AddSingleton<Consents>().AddSingleton<AskedAgain>().AddSingleton<AuthorizationAnswers>().AddSingleton<ReturnAnswers>()
        .AddSingleton<PushedRequests>().AddSingleton<RequestObjects>().AddSingleton<AuthorizationRequests>().AddSingleton<AuthorizationEndpoint>()
        .AddSingleton<LogoutAnswers>().AddHostedService<LogoutSender>()
        .AddSingleton<DeviceCodes>().AddSingleton<ISwept>(s => s.GetRequiredService<DeviceCodes>()).AddSingleton<IGrantType, DeviceGrant>()
        .AddSingleton<CodeGuesses>().AddSingleton<VerificationAnswers>()
        .AddSingleton<RegistrationTokens>().AddSingleton<ISwept>(s => s.GetRequiredService<RegistrationTokens>())
        .AddSingleton<Registrations>().AddSingleton<SectorDocuments>()
        .AddNeighbours();
}
