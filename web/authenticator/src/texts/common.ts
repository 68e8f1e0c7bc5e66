import { text } from './text';

export const commonTexts = {
  show: text('Tampilkan', 'Show'),
  hide: text('Sembunyikan', 'Hide'),
  back: text('Kembali', 'Back'),
  next: text('Lanjut', 'Continue'),
  wait: text('Memproses…', 'Please wait…'),
  tryAgain: text('Coba lagi', 'Try again'),
  scanAgain: text('Pindai lagi', 'Scan again'),
  refresh: text('Perbarui', 'Refresh'),
  unknown: text('Tidak diketahui', 'Not known'),
  offline: text('Tidak ada jaringan. Yang tampil adalah yang terakhir diketahui.', 'There is no network. What you see is what was last known.'),
  locked: text('Yang tampil adalah yang terakhir diketahui. Tekan “Perbarui” untuk melihat yang terbaru.', 'What you see is what was last known. Press “Refresh” for the latest.'),
  offlineBar: text('Tidak ada jaringan', 'No network'),
  newVersion: text('Ada versi baru aplikasi ini.', 'There is a new version of this app.'),
  update: text('Perbarui sekarang', 'Update now'),
  languages: text('Bahasa', 'Language'),
  skip: text('Langsung ke isi', 'Skip to content'),
  footer: text('Jangan berikan kata sandi Anda kepada siapa pun.', 'Never give your password to anyone.'),
};
