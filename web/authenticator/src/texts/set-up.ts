import { text, type Text } from './text';

export const setUpTexts = {
  title: (brand: string): Text => text(`Jadikan ponsel ini kunci ${brand} Anda`, `Make this phone your key to ${brand}`),
  lead: text('Setelah ini, Anda masuk ke komputer mana pun cukup dengan memindai kode QR. Tanpa mengetik kata sandi.',
    'After this you sign in at any computer by scanning a QR code. No password to type.'),
  step: (n: number): Text => text(`Langkah ${n} dari 3`, `Step ${n} of 3`),
  username: text('Nama pengguna', 'User name'),
  password: text('Kata sandi', 'Password'),
  revoked: text('Ponsel ini sudah dicabut. Kunci lamanya tidak dapat dipakai lagi. Bila itu Anda sendiri yang melakukannya, daftarkan lagi di sini. Bila bukan, ganti kata sandi Anda.',
    'This phone was removed. Its old key cannot be used any more. If you did that yourself, set it up again here. If not, change your password.'),
  resume: text('Pendaftaran ponsel ini belum selesai. Masukkan kata sandi sekali lagi untuk melanjutkan.',
    'Setting up this phone is not finished. Enter your password once more to go on.'),

  lockTitle: text('Bagaimana kunci di ponsel ini dibuka?', 'How is the key on this phone unlocked?'),
  lockLead: text('Ponsel ini membuat kunci rahasia yang tidak pernah meninggalkannya. Hanya Anda yang dapat membukanya.',
    'This phone makes a secret key that never leaves it. Only you can unlock it.'),
  screenLock: text('Pakai sidik jari atau kunci layar', 'Use fingerprint or screen lock'),
  screenLockHint: text('Paling mudah: sama seperti membuka ponsel Anda.', 'Easiest: the same as unlocking your phone.'),
  screenLockUnable: text('Ponsel ini tidak dapat memakai kunci layar untuk ini. Buatlah frasa sandi di bawah.',
    'This phone cannot use its screen lock for this. Make a passphrase below.'),
  screenLockRefused: text('Kunci layar belum dipakai. Coba lagi, atau buat frasa sandi di bawah.',
    'The screen lock was not used. Try again, or make a passphrase below.'),
  usePassphrase: text('Pakai frasa sandi', 'Use a passphrase'),
  passphraseLead: text('Beberapa kata yang mudah Anda ingat, sedikitnya 8 huruf. Jangan sama dengan kata sandi akun Anda. Tidak ada yang dapat mengembalikannya bila Anda lupa.',
    'A few words you remember easily, at least 8 letters. Not the same as your account’s password. Nobody can recover it if you forget it.'),
  passphrase: text('Frasa sandi', 'Passphrase'),
  repeat: text('Ketik sekali lagi', 'Type it once more'),
  differ: text('Kedua frasa sandi tidak sama. Ketik lagi.', 'The two passphrases are not the same. Type them again.'),
  making: text('Membuat kunci…', 'Making the key…'),
  noStore: text('Peramban ini tidak mengizinkan penyimpanan. Matikan mode penyamaran (samaran), lalu coba lagi.',
    'This browser does not allow anything to be kept. Leave private browsing, then try again.'),

  nameTitle: text('Beri nama ponsel ini', 'Give this phone a name'),
  nameLead: text('Supaya Anda mengenalinya nanti di daftar ponsel Anda.', 'So that you know it later in the list of your phones.'),
  name: text('Nama ponsel', 'Name of the phone'),
  enrol: text('Daftarkan ponsel ini', 'Enrol this phone'),
  enrolling: text('Mendaftarkan…', 'Enrolling…'),
  doneTitle: text('Ponsel ini siap', 'This phone is ready'),
  doneLead: text('Saat sebuah layar menampilkan kode QR untuk masuk, buka aplikasi ini dan pindai.',
    'When a screen shows a QR code to sign in, open this app and scan it.'),
};

export const strengthTexts: Readonly<Record<'too-short' | 'too-easy' | 'fair' | 'good' | 'strong', Text>> = {
  'too-short': text('Terlalu pendek: sedikitnya 8 huruf.', 'Too short: at least 8 letters.'),
  'too-easy': text('Terlalu mudah ditebak. Pilih kata-kata lain.', 'Too easy to guess. Choose other words.'),
  fair: text('Cukup. Tambahkan satu kata lagi supaya lebih kuat.', 'Fair. One more word makes it stronger.'),
  good: text('Baik.', 'Good.'),
  strong: text('Kuat.', 'Strong.'),
};

export const phoneNames = {
  android: text('Ponsel Android', 'Android phone'),
  iphone: text('iPhone', 'iPhone'),
  ipad: text('Tablet', 'Tablet'),
  other: text('Ponsel saya', 'My phone'),
};
