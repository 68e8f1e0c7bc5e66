namespace Gapura.Demo;

/// <summary>Why the demo cannot go on, in one sentence for the person at the keyboard.</summary>
internal sealed class DemoTroubleException(string message) : Exception(message);
