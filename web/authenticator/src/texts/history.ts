import { text, type Text } from './text';

export const historyTexts = {
  title: text('Riwayat masuk', 'Sign-in history'),
  lead: text('Ke mana saja akun Anda dipakai masuk. Bila ada yang bukan Anda, tekan “Ini bukan saya”.', 'Where your account was used to sign in. If one was not you, press “This was not me”.'),
  none: text('Belum ada.', 'None yet.'),
  lastKnown: (when: string): Text => text(`Terakhir diperbarui ${when}`, `Last updated ${when}`),
  approved: text('Masuk', 'Signed in'),
  declined: text('Anda tolak', 'Declined by you'),
  reported: text('Anda laporkan: bukan Anda', 'Reported by you: not you'),
  ended: text('Aksesnya sudah dicabut', 'Its access has been taken away'),
  by: (how: string): Text => text(`Dengan ${how}`, `With ${how}`),
  password: text('kata sandi', 'a password'),
  phone: text('ponsel', 'a phone'),
  thisPhone: text('ponsel ini', 'this phone'),
  notMe: text('Ini bukan saya', 'This was not me'),
  notMeOf: (platform: string, when: string): Text => text(`Ini bukan saya: ${platform}, ${when}`, `This was not me: ${platform}, ${when}`),
  sure: text('Aksesnya langsung dicabut. Layar atau ponsel yang memakainya akan keluar.', 'Its access is taken away at once. The screen or phone that uses it will be signed out.'),
  yes: text('Ya, cabut sekarang', 'Yes, take it away now'),
  reporting: text('Mencabut…', 'Taking it away…'),
  reportedNow: text('Sudah dicabut. Ganti kata sandi Anda bila Anda tidak tahu siapa yang masuk.', 'Taken away. Change your password if you do not know who signed in.'),
};
