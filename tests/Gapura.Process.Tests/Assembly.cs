// Each test measures or kills something: two at once would disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// Signals, /proc, setpriv.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
