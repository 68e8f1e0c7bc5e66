using Gapura.Protocol.Signatures;

namespace Gapura.Devices;

internal static class DevicesRoom
{
    public static IServiceCollection AddDevices(this IServiceCollection services, DevicesOptions options) => services
        .AddSingleton(options)
        .AddSingleton<DeviceChallenges>()
        .AddSingleton<DeviceRegister>()
        .AddSingleton(_ => SignatureVerifiers.Best())
        .AddSingleton(s => s.GetRequiredService<VerifierChoice>().Verifier);
}
