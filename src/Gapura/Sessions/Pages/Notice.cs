using Gapura.Kernel;

namespace Gapura.Sessions.Pages;

/// <summary>A page that says that something did not work and what to do now.</summary>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Sentence">What happened, in one sentence.</param>
/// <param name="Advice">What the person can do now.</param>
public sealed record Notice(string Title, string Sentence, string Advice)
{
    internal Notice(Language language, Text title, Text sentence, Text advice)
        : this(title.In(language), sentence.In(language), advice.In(language))
    {
    }
}

/// <summary>The notices any page with a form can end in.</summary>
internal static class Notices
{
    public static Notice ForeignForm(Language language) => new(language,
        new("Formulir tidak dapat diterima", "This form cannot be accepted"),
        new("Formulir itu tidak dikirim dari halaman kami, atau halamannya sudah terlalu lama terbuka.",
            "The form was not sent from our own page, or the page had been open for too long."),
        new("Buka kembali halaman masuk, lalu isi formulir di sana.",
            "Open the sign-in page again and fill in the form there."));

    public static Notice ServerError(Language language) => new(language,
        new("Terjadi gangguan", "Something went wrong"),
        new("Ada gangguan di pihak kami. Ini bukan kesalahan Anda.",
            "There is a fault on our side. You did nothing wrong."),
        new("Tunggu sebentar, lalu coba lagi.", "Wait a moment, then try again."));

    public static Notice Unavailable(Language language) => new(language,
        new("Sebentar, ya", "One moment, please"),
        new("Untuk sementara kami tidak dapat memproses permintaan Anda. Ini bukan kesalahan Anda, dan tidak ada yang hilang.",
            "We cannot handle your request just now. You did nothing wrong, and nothing is lost."),
        new("Tunggu beberapa detik, lalu muat ulang halaman ini.", "Wait a few seconds, then load this page again."));

    /// <param name="language">In which to say it.</param>
    /// <param name="wait">Until the next attempt is heard; whole minutes are told, rounded up.</param>
    public static Notice Throttled(Language language, TimeSpan wait)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes));
        return new(language,
            new("Terlalu banyak percobaan", "Too many attempts"),
            new("Demi keamanan akun Anda, kami menunda percobaan masuk untuk sementara.",
                "To keep your account safe we have paused sign-in attempts for a while."),
            new($"Tunggu {minutes} menit, lalu coba lagi.",
                minutes == 1 ? "Wait one minute, then try again." : $"Wait {minutes} minutes, then try again."));
    }

    public static Notice NotFound(Language language) => new(language,
        new("Halaman tidak ditemukan", "Page not found"),
        new("Tidak ada halaman di alamat ini.", "There is no page at this address."),
        new("Periksa kembali alamatnya.", "Check the address."));
}
