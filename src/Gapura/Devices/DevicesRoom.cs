using Gapura.Protocol.Signatures;
using Gapura.Storage;

namespace Gapura.Devices;

internal static class DevicesRoom
{
    public static IServiceCollection AddDevices(this IServiceCollection services, DevicesOptions options, PushOptions push) => services
        .AddSingleton(options).AddSingleton(push)
        .AddSingleton<DeviceChallenges>()
        .AddSingleton<DeviceRegister>()
        .AddKept<PushKeys>()
        .AddSingleton<DeviceNotices>().AddSingleton<DevicePushEndpoints>().AddHostedService<DevicePushes>()
        .AddSingleton(_ => SignatureVerifiers.Best())
        .AddSingleton(s => s.GetRequiredService<VerifierChoice>().Verifier);
}
