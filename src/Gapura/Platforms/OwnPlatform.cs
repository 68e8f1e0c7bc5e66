using Gapura.Kernel;

namespace Gapura.Platforms;

/// <summary>This installation, as far as people see it on their phones.</summary>
internal sealed record OwnPlatform(WebOrigin Origin, string Name);
