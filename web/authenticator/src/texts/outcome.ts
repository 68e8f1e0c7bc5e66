import { text, type Text } from './text';

export const outcomeTexts = {
  approvedTitle: text('Selesai', 'Done'),
  approved: (platform: string, name: string): Text => text(`Layar itu sekarang masuk ke ${platform} sebagai ${name}.`, `The screen is now signed in to ${platform} as ${name}.`),
  approvedAdvice: text('Bukan itu yang Anda maksud? Anda dapat membatalkannya sekarang juga.', 'Not what you meant? You can take it back right now.'),
  takeBack: text('Batalkan masuk ini', 'Take this sign-in back'),
  declinedTitle: text('Ditolak', 'Declined'),
  declined: (platform: string): Text => text(`Layar itu tidak masuk ke ${platform}.`, `The screen was not signed in to ${platform}.`),
  declinedAdvice: text('Bila bukan Anda yang memulainya, ada orang yang mencoba memakai akun Anda. Jangan pernah memindai kode yang dikirim orang lain.',
    'If it was not you who started it, somebody tried to use your account. Never scan a code that somebody sends you.'),
  refusedTitle: text('Belum masuk', 'Not signed in'),
  finish: text('Selesai', 'Finish'),
  setUpAgain: text('Daftarkan lagi', 'Set up again'),
};
