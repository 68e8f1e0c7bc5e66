import { text, type Text } from './text';

export const homeTexts = {
  hello: (name: string): Text => text(`Halo, ${name}`, `Hello, ${name}`),
  lead: text('Ada kode QR di layar? Pindai untuk masuk di sana.', 'Is there a QR code on a screen? Scan it to sign in there.'),
  scan: text('Pindai kode QR', 'Scan a QR code'),
  toHome: text('Ke halaman awal', 'To the start page'),
  requests: text('Permintaan persetujuan', 'Requests for approval'),
  history: text('Riwayat masuk', 'Sign-in history'),
  phones: text('Ponsel Anda', 'Your phones'),
  settings: text('Pengaturan', 'Settings'),
  more: text('Menu', 'Menu'),
  newTitle: (n: number): Text => text(n === 1 ? 'Ada yang masuk sejak Anda terakhir melihat' : `${n} kali masuk sejak Anda terakhir melihat`,
    n === 1 ? 'There was a sign-in since you last looked' : `${n} sign-ins since you last looked`),
  newOne: (platform: string, how: string, when: string): Text => text(`${platform}, dengan ${how}, ${when}`, `${platform}, with ${how}, ${when}`),
  byPassword: text('kata sandi', 'a password'),
  otherPhone: text('ponsel lain', 'another phone'),
  look: text('Lihat', 'Look'),
  mine: text('Itu saya', 'That was me'),
  install: text('Pasang aplikasi ini', 'Install this app'),
  installLead: text('Supaya mudah ditemukan di layar ponsel, dan tetap terbuka saat jaringan lambat.', 'So that it is easy to find on your phone and opens on a slow network.'),
};
