using System.Text;

namespace Gapura.Bench.Driving;

/// <summary>Requests as the bytes that are sent.</summary>
internal static class Http
{
    public static byte[] Get(string path, string headers = "") => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    public static byte[] Json(string path, string body, string headers = "") => Post(path, "application/json", body, headers);

    public static byte[] Form(string path, string body, string headers = "") => Post(path, "application/x-www-form-urlencoded", body, headers);

    private static byte[] Post(string path, string type, string body, string headers) =>
        Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}");
}
