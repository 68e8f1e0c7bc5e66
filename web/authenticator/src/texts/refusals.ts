import { text, type Text } from './text';

const again = text('Pindai kode yang sekarang ada di layar.', 'Scan the code that is on the screen now.');
const later = text('Coba lagi sebentar lagi.', 'Try again in a moment.');
const setUpAgain = text('Daftarkan ponsel ini lagi dari halaman awal.', 'Set this phone up again from the start page.');
const openAgain = text('Buka aplikasi ini lagi, lalu ulangi.', 'Open this app again, then repeat.');
const both = (one: Text, two: Text): Text => text(`${one.id} ${two.id}`, `${one.en} ${two.en}`);

/** What each refusal means to the person, and what to do. The first block is the server's, the second this app's own. */
export const refusals: Readonly<Record<string, Text>> = {
  invalid_session: both(text('Kode ini sudah tidak berlaku.', 'This code is no longer valid.'), again),
  already_scanned: both(text('Kode ini sudah dipindai ponsel lain.', 'This code was already scanned by another phone.'),
    text('Muat ulang halaman di layar, lalu pindai kode yang baru.', 'Reload the page on the screen, then scan the new code.')),
  sign_in_denied: text('Permintaan masuk ini sudah ditolak dan tidak dapat dilanjutkan. Bila Anda memang ingin masuk, mulai lagi dari layar.',
    'This sign-in was refused and cannot go on. If you do want to sign in, start again at the screen.'),
  confirmation_required: both(text('Angka pencocok belum ada, jadi layar itu belum masuk.', 'The matching number is missing, so the screen is not signed in.'), again),
  invalid_signature: both(text('Server tidak menerima tanda tangan ponsel ini.', 'The server did not accept this phone’s signature.'), openAgain),
  invalid_key: both(text('Ponsel ini sudah dicabut atau belum terdaftar.', 'This phone was removed, or is not set up.'), setUpAgain),
  nonce_spent: both(text('Permintaan masuk ini sudah selesai.', 'This sign-in is already over.'), again),
  wrong_code: text('Angka yang diketik di layar salah. Ketik angka yang tampil di ponsel ini.', 'The number typed at the screen is wrong. Type the number shown on this phone.'),
  not_approved: text('Permintaan masuk ini belum disetujui.', 'This sign-in has not been approved yet.'),
  already_authenticated: text('Sudah Anda setujui. Layar itu sedang dimasukkan.', 'You have already approved. The screen is being signed in.'),
  wrong_password: text('Nama pengguna atau kata sandi salah. Periksa, lalu coba lagi.', 'The user name or the password is not right. Check them and try again.'),
  too_many_attempts: text('Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi.', 'Too many attempts. Wait a few minutes, then try again.'),
  invalid_proof: both(text('Waktunya habis sebelum ponsel ini terbukti memegang kuncinya.', 'Time ran out before this phone had proved its key.'), later),
  not_signed_in: text('Buka kunci ponsel ini dulu untuk melihatnya.', 'Unlock this phone first to see it.'),
  fresh_sign_in_required: text('Masukkan kata sandi Anda sekali lagi, lalu lanjutkan.', 'Enter your password once more, then go on.'),
  key_taken: both(text('Kunci ponsel ini tidak dapat didaftarkan lagi.', 'This phone’s key cannot be enrolled again.'),
    text('Buat kunci baru untuk ponsel ini.', 'Make a new key for this phone.')),
  foreign_form: both(text('Server tidak mengenali asal permintaan ini.', 'The server did not recognise where this request came from.'), openAgain),
  not_found: text('Yang Anda cari sudah tidak ada. Muat ulang daftarnya.', 'What you are looking for is no longer there. Load the list again.'),
  invalid_request: both(text('Server tidak menerima isian ini.', 'The server did not accept this input.'),
    text('Periksa isinya, lalu coba lagi.', 'Check it and try again.')),
  invalid_client: both(text('Platform ini tidak boleh dipakai masuk.', 'People may not sign in to this platform.'), text('Hubungi pengelola platform itu.', 'Contact the platform.')),
  server_error: both(text('Terjadi gangguan di server.', 'Something went wrong at the server.'), later),

  no_network: text('Tidak ada jaringan. Periksa sambungan internet, lalu coba lagi.', 'There is no network. Check the internet connection, then try again.'),
  not_understood: both(text('Jawaban server tidak dapat dimengerti.', 'The server’s answer could not be understood.'),
    text('Periksa apakah Wi-Fi ini meminta Anda masuk dulu, lalu coba lagi.', 'Check whether this Wi-Fi wants you to sign in first, then try again.')),
  wrong_nonce: text('Jawaban server tidak cocok dengan permintaan ponsel ini. Buka Riwayat, dan pilih “Ini bukan saya” bila ada yang tidak Anda kenali.',
    'The server’s answer does not fit this phone’s request. Open History, and choose “This was not me” if there is something you do not know.'),
  expired: both(text('Waktunya habis. Tidak ada yang masuk.', 'Time is up. Nobody was signed in.'), again),
  expired_request: text('Permintaan ini sudah berakhir atau sudah diputuskan. Tidak ada yang diberikan dari ponsel ini.',
    'This request is over or was decided already. Nothing was given from this phone.'),
  expired_code: both(text('Kode ini sudah kedaluwarsa.', 'This code has expired.'), again),
  foreign_code: text('Ini bukan kode masuk. Pindai kode QR yang tampil di halaman masuk.', 'This is not a sign-in code. Scan the QR code shown on the sign-in page.'),
  no_code_in_picture: text('Tidak ada kode QR di gambar ini. Pilih gambar lain, atau foto kodenya lebih dekat.', 'There is no QR code in this picture. Choose another one, or photograph the code from nearer.'),
  no_unlock: text('Kunci tidak dibuka, jadi tidak ada yang dikirim. Coba lagi bila Anda siap.', 'The key was not unlocked, so nothing was sent. Try again when you are ready.'),
};

const unknown = both(text('Server menolak permintaan ini.', 'The server refused this request.'), later);

export const refusalText = (code: string): Text => (Object.hasOwn(refusals, code) ? refusals[code] : undefined) ?? unknown;
