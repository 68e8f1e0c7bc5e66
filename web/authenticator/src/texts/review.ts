import { text, type Text } from './text';

export const reviewTexts = {
  title: (platform: string): Text => text(`Masuk ke ${platform}?`, `Sign in to ${platform}?`),
  ask: text('Ada layar yang ingin masuk sebagai Anda di:', 'A screen wants to sign in as you at:'),
  company: (name: string): Text => text(`oleh ${name}`, `by ${name}`),
  screen: text('Layar', 'Screen'),
  browserOn: (browser: string, system: string): Text => text(`${browser} di ${system}`, `${browser} on ${system}`),
  country: text('Negara', 'Country'),
  network: text('Jaringan', 'Network'),
  same: text('Sama dengan ponsel ini', 'The same as this phone'),
  other: text('Berbeda dari ponsel ini', 'Not the same as this phone'),
  opened: text('Kode dibuka', 'Code opened'),
  before: text('Pernah masuk di sini?', 'Signed in here before?'),
  first: text('Belum, ini pertama kali', 'No, this is the first time'),
  notFirst: text('Ya', 'Yes'),
  unknown: text('Tidak diketahui', 'Not known'),
  riskyTitle: text('Hati-hati', 'Take care'),
  riskyLead: text('Setujui hanya bila Anda sendiri yang membuka halaman itu sekarang.', 'Approve only if you yourself opened that page just now.'),
  blind: text('Layar ini tidak dapat menampilkan angka pencocok. Setujui hanya bila layar itu ada di depan Anda, dan Anda sendiri yang membukanya.',
    'This screen cannot show a matching number. Approve only if the screen is in front of you and you opened it yourself.'),
  left: (seconds: number): Text => text(`Sisa waktu ${seconds} detik`, `${seconds} seconds left`),
  approve: text('Setujui', 'Approve'),
  decline: text('Tolak', 'Decline'),
  approving: text('Menyetujui…', 'Approving…'),
  declining: text('Menolak…', 'Declining…'),

  matchTitle: text('Angka mana yang ada di layar?', 'Which number is on the screen?'),
  matchLead: text('Lihat layar itu, lalu tekan angka yang sama.', 'Look at the screen, then press the same number.'),
  noneOfThem: text('Tidak ada yang sama: tolak', 'None of them: decline'),

  typeTitle: text('Ketik angka ini di layar', 'Type this number at the screen'),
  typeLead: (platform: string): Text => text(`Ketik di halaman ${platform}. Jangan sebutkan angka ini kepada siapa pun, juga tidak lewat telepon.`,
    `Type it on the page of ${platform}. Do not tell this number to anybody, not on the telephone either.`),
  waiting: text('Menunggu angka diketik di layar…', 'Waiting for the number to be typed at the screen…'),
  lostWaiting: text('Jaringan terputus. Mencoba lagi…', 'The network is gone. Trying again…'),
  unlockToApprove: text('Angkanya cocok. Buka kunci untuk menyetujui.', 'The number fits. Unlock to approve.'),
};

export const reasonTexts: Readonly<Record<string, Text>> = {
  other_country: text('Layar itu berada di negara lain.', 'The screen is in another country.'),
  other_network: text('Layar itu memakai jaringan lain dari ponsel Anda.', 'The screen is on another network than your phone.'),
  new_browser: text('Anda belum pernah masuk dari peramban itu.', 'You have never signed in from that browser.'),
  first_use: text('Anda belum pernah masuk ke platform ini.', 'You have never signed in to this platform.'),
  unknown_screen: text('Server tidak tahu layar apa itu.', 'The server does not know what screen that is.'),
  policy: text('Platform ini selalu meminta pemeriksaan tambahan.', 'This platform always asks for an extra check.'),
};
