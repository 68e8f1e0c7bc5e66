using Gapura.OpenId.Authorization;
using Gapura.OpenId.Ciba;
using Gapura.OpenId.Clients;
using Gapura.OpenId.Connected;
using Gapura.OpenId.DeviceFlow;
using Gapura.OpenId.Exchange;
using Gapura.OpenId.Inspection;
using Gapura.OpenId.Logout;
using Gapura.OpenId.Neighbours;
using Gapura.OpenId.Registration;
using Gapura.Storage;

namespace Gapura.OpenId;

internal static class OpenIdRoom
{
    public static IServiceCollection AddOpenId(this IServiceCollection services, CertificateOptions certificates) => services
        .AddClients(certificates)
        .AddAuthorization()
        .AddExchange()
        .AddDeviceFlow()
        .AddCiba()
        .AddSingleton<MetadataDocuments>().AddSingleton<Introspection>().AddSingleton<UserInfo>().AddSingleton<ReleasedClaims>()
        .AddSingleton<LogoutAnswers>().AddHostedService<LogoutSender>()
        .AddSingleton<RegistrationTokens>().AddSingleton<ISwept>(s => s.GetRequiredService<RegistrationTokens>()).AddSingleton<Registrations>().AddSingleton<SectorDocuments>()
        .AddSingleton<ConnectedPlatforms>().AddSingleton<PlatformPages>()
        .AddNeighbours();

    // Who calls, and with which key.
    private static IServiceCollection AddClients(this IServiceCollection services, CertificateOptions certificates) => services
        .AddSingleton(certificates).AddSingleton<ClientCertificates>()
        .AddSingleton<KeySetFetch>().AddSingleton<ClientKeys>().AddSingleton<ClientAssertions>().AddSingleton<ClientAuthentication>()
        .AddSingleton<DpopNonces>().AddSingleton<DpopReplays>().AddSingleton<DpopProofs>().AddSingleton<SenderKeys>().AddSingleton<ShownTokens>();

    // From a request to a code.
    private static IServiceCollection AddAuthorization(this IServiceCollection services) => services
        .AddSingleton<RequestObjects>().AddSingleton<PushedRequests>().AddSingleton<AuthorizationRequests>().AddSingleton<AskedAgain>()
        .AddSingleton<Consents>()
        .AddSingleton<AuthorizationEndpoint>().AddSingleton<AuthorizationAnswers>().AddSingleton<ReturnAnswers>();

    // From a code, or what else a client has, to tokens.
    private static IServiceCollection AddExchange(this IServiceCollection services) => services
        .AddSingleton<TokenAnswers>().AddSingleton<FirstTokens>().AddSingleton<IGrantType, CodeGrant>().AddSingleton<IGrantType, RefreshGrant>()
        .AddSingleton<IGrantType, ClientCredentialsGrant>().AddSingleton<IGrantType, TokenExchangeGrant>();

    private static IServiceCollection AddDeviceFlow(this IServiceCollection services) => services
        .AddSingleton<DeviceCodes>().AddSingleton<ISwept>(s => s.GetRequiredService<DeviceCodes>()).AddSingleton<IGrantType, DeviceGrant>()
        .AddSingleton<CodeGuesses>().AddSingleton<VerificationAnswers>();

    private static IServiceCollection AddCiba(this IServiceCollection services) => services
        .AddSingleton<BackChannelRequests>().AddSingleton<ISwept>(s => s.GetRequiredService<BackChannelRequests>()).AddSingleton<IGrantType, CibaGrant>()
        .AddSingleton<HintedPeople>().AddSingleton<PhoneDecisions>().AddSingleton<BackChannelCalls>().AddHostedService<BackChannelSender>();
}
