using System.Diagnostics;
using System.Net.Sockets;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Debian's Apache with mod_auth_openidc, guarding two pages on a port of its own; everything it writes lies in one temporary folder.</summary>
internal sealed class ApacheSite : IAsyncDisposable
{
    private const string Apache = "/usr/sbin/apache2";
    private const string HowTo = "Apache and mod_auth_openidc are not here. Debian: apt-get install apache2-bin libapache2-mod-auth-openidc";

    private readonly Process _apache;
    private readonly DirectoryInfo _folder;

    private ApacheSite(Process apache, DirectoryInfo folder, string address) => (_apache, _folder, Address) = (apache, folder, address);

    public string Address { get; }

    /// <summary>What it complains of.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => Path.Combine(_folder.FullName, "error.log");

    public static void NeedsApache() => Stranger.Needs(File.Exists(Apache) && File.Exists("/usr/lib/apache2/modules/mod_auth_openidc.so"), HowTo);

    /// <param name="port">Where the platform's redirect URI, <c>/callback</c>, is.</param>
    public static async Task<ApacheSite> Start(string issuer, StrangerPlatform platform, int port)
    {
        var folder = Directory.CreateTempSubdirectory("gapura-apache-");
        if (!OperatingSystem.IsWindows()) folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var page in Directory.GetFiles(Path.Combine(StrangerServer.Clients, "apache", "pages"))) File.Copy(page, Path.Combine(folder.CreateSubdirectory("pages").FullName, Path.GetFileName(page)));

        string[] command = [Apache, "-f", Path.Combine(folder.FullName, "httpd.conf"), "-DFOREGROUND"];
        File.Copy(Path.Combine(StrangerServer.Clients, "apache", "httpd.conf"), command[2]);
        if (Environment.IsPrivilegedProcess) command = ["setpriv", "--reuid=www-data", "--regid=www-data", "--clear-groups", .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false };
        foreach (var (name, value) in ((string, string)[])[("FOLDER", folder.FullName), ("PORT", $"{port}"), ("ISSUER", issuer), ("CLIENT_ID", platform.ClientId), ("CLIENT_SECRET", platform.Key)])
            start.Environment[name] = value;
        var site = new ApacheSite(Process.Start(start)!, folder, $"http://127.0.0.1:{port}");
        await site.Listens(port);
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_apache.HasExited) await Stranger.Run("/", "kill", "-TERM", $"{_apache.Id}");
        await _apache.WaitForExitAsync(CancellationToken.None);
        _apache.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task Listens(int port)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            Assert.False(_apache.HasExited || clock.Elapsed > TimeSpan.FromSeconds(20), $"Apache did not start. {Log}");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
    }
}
