using QRCoder;

namespace Gapura.QrAuth;

internal static class QrPicture
{
    private const int PixelsPerModule = 8;

    /// <summary>A PNG in base64 whose code holds exactly the text, with the four modules of quiet zone scanners need.</summary>
    public static string Base64Png(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(code);
        return Convert.ToBase64String(png.GetGraphic(PixelsPerModule));
    }
}
