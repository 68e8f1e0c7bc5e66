using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Gapura.Bench.Driving;

/// <summary>Debian's wrk, for requests that may be sent again and again.</summary>
internal static class Wrk
{
    // The list goes round; what wrk saw is said as one line of JSON. Latencies are microseconds.
    private const string Script = """
        local requests, next = {}, 0
        function init(args)
          local file = assert(io.open(args[1], "rb"))
          for one in file:read("*a"):gmatch("([^%z]+)%z") do requests[#requests + 1] = one end
          file:close()
        end
        function request()
          next = next % #requests + 1
          return requests[next]
        end
        function done(summary, latency)
          local e = summary.errors
          io.write(string.format('{"count":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"failed":%d}\n', summary.requests, summary.duration / 1e6,
            latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, e.connect + e.read + e.write + e.status + e.timeout))
        end
        """;

    public static async Task<LoadFigures> Run(int port, int connections, int seconds, IReadOnlyList<byte[]> requests, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("gapura-wrk-");
        try
        {
            var (script, list) = (Path.Combine(folder.FullName, "list.lua"), Path.Combine(folder.FullName, "requests"));
            await File.WriteAllTextAsync(script, Script, ct);
            await using (var file = File.Create(list))
            {
                foreach (var request in requests)
                {
                    await file.WriteAsync(request, ct);
                    file.WriteByte(0);
                }
            }

            using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", "-s", script, $"http://127.0.0.1:{port}/", "--", list]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var said = await wrk.StandardOutput.ReadToEndAsync(ct);
            await wrk.WaitForExitAsync(ct);
            if (said.Split('\n').LastOrDefault(l => l.StartsWith('{')) is not { } line) throw new InvalidOperationException($"wrk said: {said}");
            var json = JsonDocument.Parse(line).RootElement;
            return new LoadFigures(json.GetProperty("count").GetInt64(), Number("seconds"), Number("p50"), Number("p99"), json.GetProperty("failed").GetInt64());

            double Number(string name) => double.Parse(json.GetProperty(name).GetRawText(), CultureInfo.InvariantCulture);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
