namespace Gapura.Devices;

internal static class DevicesRoom
{
    public static IServiceCollection AddDevices(this IServiceCollection services) => services.AddSingleton<DeviceRegister>();
}
