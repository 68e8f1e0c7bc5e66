import { text, type Text } from './text';

export const requestTexts = {
  title: text('Permintaan persetujuan', 'Requests for approval'),
  lead: text('Situs dapat meminta persetujuan Anda tanpa kode QR, misalnya saat Anda menelepon.', 'A site may ask for your approval without a QR code, such as while you are on the telephone.'),
  none: text('Tidak ada permintaan sekarang.', 'There is no request now.'),
  waiting: (n: number): Text => text(n === 1 ? 'Ada permintaan persetujuan' : `Ada ${n} permintaan persetujuan`, n === 1 ? 'There is a request for approval' : `There are ${n} requests for approval`),
  open: (platform: string, when: string): Text => text(`${platform}, ${when}`, `${platform}, ${when}`),
  ask: (platform: string): Text => text(`Izinkan ${platform}?`, `Allow ${platform}?`),
  asker: text('Situs ini meminta persetujuan Anda:', 'This site asks for your approval:'),
  message: text('Pesannya harus sama dengan yang ditampilkan atau disebutkan situs itu:', 'The message must be the same as the site shows or says:'),
  wants: text('Yang diminta:', 'It asks for:'),
  asked: text('Diminta', 'Asked'),
  care: text('Setujui hanya bila Anda sendiri yang memulainya sekarang.', 'Approve only if you yourself started this just now.'),
  notMe: text('Tolak: ini bukan saya', 'Decline: this was not me'),
  approved: (platform: string): Text => text(`${platform} mendapat persetujuan Anda.`, `${platform} has your approval.`),
  declined: (platform: string): Text => text(`${platform} tidak mendapat apa pun.`, `${platform} was given nothing.`),
  reported: text('Dicatat sebagai bukan Anda. Bila ini terjadi lagi, hubungi pengelola situs itu.', 'Noted as not you. If it happens again, contact the site.'),
};

/** What each word gives away. A word this app does not know is shown as it is. */
export const scopeTexts: Readonly<Record<string, Text>> = {
  openid: text('tanda bahwa ini akun yang sama setiap kali Anda masuk', 'a sign that it is the same account each time you sign in'),
  profile: text('nama dan nama pengguna Anda', 'your name and your user name'),
  email: text('alamat surel Anda', 'your email address'),
  phone: text('nomor telepon Anda', 'your telephone number'),
  npwp: text('NPWP Anda: nomor pajak Anda, seluruh angkanya', 'your tax number (NPWP), all of its digits'),
  basic_info: text('nama, alamat surel, dan foto Anda', 'your name, your email address and your picture'),
  update_basic_info: text('mengganti foto Anda', 'to change your picture'),
  offline_access: text('tetap terhubung sampai Anda mencabutnya', 'to stay connected until you end it'),
};
