import { text } from './text';

export const unlockTexts = {
  title: text('Buka kunci', 'Unlock'),
  lead: text('Ketik frasa sandi ponsel ini. Frasa ini tidak dikirim ke mana pun.', 'Type this phone’s passphrase. It is not sent anywhere.'),
  screenLockLead: text('Pakai sidik jari, wajah, atau PIN ponsel Anda.', 'Use your fingerprint, your face or your phone’s PIN.'),
  passphrase: text('Frasa sandi', 'Passphrase'),
  open: text('Buka kunci', 'Unlock'),
  opening: text('Membuka…', 'Unlocking…'),
  wrong: text('Frasa sandi salah. Coba lagi.', 'The passphrase is wrong. Try again.'),
  forgotten: text('Lupa? Batalkan, buka Pengaturan, lupakan ponsel ini, lalu daftarkan lagi.', 'Forgotten? Cancel, open Settings, forget this phone, then set it up again.'),
  notOpened: text('Kunci belum terbuka. Coba lagi.', 'Not unlocked yet. Try again.'),
  cancel: text('Batal', 'Cancel'),
};
