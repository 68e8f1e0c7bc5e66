using Gapura.Kernel;

namespace Gapura.SeamlessLogin.Pages;

/// <summary>The platform that opened the popup, as far as a page shows it.</summary>
/// <param name="Name">namaPlatform.</param>
/// <param name="Company">namaPerusahaan; may be empty.</param>
/// <param name="Origin">The registered origin, as a browser prints it: the only thing here that cannot be made up.</param>
/// <param name="IsSandbox">For trying out: nobody should type a real password here.</param>
public sealed record Partner(string Name, string Company, string Origin, bool IsSandbox = false)
{
    internal string Host => WebOrigin.TryParse(Origin, out var origin) ? origin.Host : Origin;
}
