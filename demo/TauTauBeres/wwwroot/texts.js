// Bahasa Indonesia stands in the page itself; here are its English, and the texts that come and go in both.

const texts = {
  id: {
    popupWaiting: 'Menghubungi Gapura…',
    signingIn: 'Lanjutkan di jendela Gapura.',
    popup_blocked: 'Peramban memblokir jendela masuk. Izinkan jendela sembul untuk halaman ini, lalu coba lagi.',
    signin_unavailable: 'Gapura tidak dapat dihubungi. Coba lagi sebentar lagi.',
    closed: 'Jendela masuk ditutup. Tekan tombol untuk mencoba lagi.',
    expired: 'Sesi Anda sudah berakhir. Silakan masuk lagi.',
    signedOut: 'Anda sudah keluar dari TauTauBeres.',
    qrTrouble: 'Kode QR sedang tidak tersedia. Kami terus mencoba.',
    qrAlt: 'Kode QR untuk masuk dengan ponsel',
    qrLeft: 'Berlaku {time}',
    qrBy: 'Dipindai oleh {by}',
    qr_match: 'Pilih angka {n} di ponsel Anda.',
    qr_type: 'Ketik empat angka yang ada di ponsel Anda.',
    qr_none: 'Setujui di ponsel Anda.',
    qr_confirmed: 'Kode cocok. Setujui di ponsel Anda.',
    qr_approved: 'Disetujui. Sebentar…',
    fourDigits: 'Kode terdiri dari empat angka.',
    wrongCode: 'Kode salah. Sisa percobaan: {n}.',
    denied_declined: 'Ditolak di ponsel. Pindai kode baru untuk mencoba lagi.',
    denied_wrong_choice: 'Angka yang dipilih di ponsel salah. Pindai kode baru untuk mencoba lagi.',
    denied_wrong_code: 'Kode salah tiga kali. Pindai kode baru untuk mencoba lagi.',
    byPopup: 'masuk lewat jendela Gapura',
    byQr: 'masuk lewat kode QR',
    loading: 'Mengambil dokumen…',
    unavailable: 'API Bea Cukai tidak menjawab. Coba lagi sebentar lagi.',
    none: 'Belum ada dokumen untuk NPWP ini.',
    released: 'Disetujui',
    inspection: 'Diperiksa',
    submitted: 'Diajukan',
    PIB: 'Pemberitahuan Impor Barang',
    PEB: 'Pemberitahuan Ekspor Barang',
    copied: 'Tersalin',
  },
  en: {
    skip: 'Skip to content',
    eyebrow: 'Trucks for importers and exporters',
    headline: 'Book a truck now, done before you know it.',
    lead: 'From the port to the warehouse door: one order, one price, one driver who calls you back.',
    signinTitle: 'Sign in',
    signinLead: 'No new password needed: use your Gapura account.',
    or: 'or scan with your phone',
    qrWaiting: 'Preparing the code…',
    qrStep1: 'Open the Gapura app on your phone.',
    qrStep2: 'Point it at this code.',
    qrStep3: 'Approve. This page signs in by itself.',
    typed: 'Code from the phone',
    handIn: 'Send',
    noPhone: 'No phone? Open the toy phone',
    noPhoneShell: 'Or with one command',
    ways: 'How the QR code works',
    newWay: 'New way',
    oldWay: 'Old way',
    noPhoneHow: 'Run this command in Gapura’s folder: it signs the code above with OpenSSL.',
    copy: 'Copy the command',
    hello: 'Hello,',
    npwp: 'Tax number (NPWP)',
    signOut: 'Sign out',
    documentsTitle: 'Your customs documents',
    documentsLead: 'Fetched from the customs API with your token. Pick one, and we get the truck ready.',
    number: 'Submission number',
    type: 'Type',
    date: 'Date',
    documentStatus: 'Status',
    footer: 'TauTauBeres.id is the sample partner of Gapura’s demo. The trucks are not real; the sign-in is.',
    popupWaiting: 'Contacting Gapura…',
    signingIn: 'Go on in the Gapura window.',
    popup_blocked: 'Your browser blocked the sign-in window. Allow pop-ups for this page, then try again.',
    signin_unavailable: 'Gapura cannot be reached. Try again in a moment.',
    closed: 'The sign-in window was closed. Press the button to try again.',
    expired: 'Your session has ended. Please sign in again.',
    signedOut: 'You have signed out of TauTauBeres.',
    qrTrouble: 'The QR code is not available right now. We keep trying.',
    qrAlt: 'QR code for signing in with a phone',
    qrLeft: 'Valid {time}',
    qrBy: 'Scanned by {by}',
    qr_match: 'Choose the number {n} on your phone.',
    qr_type: 'Type the four digits that are on your phone.',
    qr_none: 'Approve on your phone.',
    qr_confirmed: 'The code fits. Approve on your phone.',
    qr_approved: 'Approved. One moment…',
    fourDigits: 'The code has four digits.',
    wrongCode: 'Wrong code. Tries left: {n}.',
    denied_declined: 'Declined on the phone. Scan a new code to try again.',
    denied_wrong_choice: 'The number chosen on the phone was wrong. Scan a new code to try again.',
    denied_wrong_code: 'Three wrong codes. Scan a new code to try again.',
    byPopup: 'signed in through the Gapura window',
    byQr: 'signed in by QR code',
    loading: 'Fetching documents…',
    unavailable: 'The customs API does not answer. Try again in a moment.',
    none: 'No documents for this tax number yet.',
    released: 'Released',
    inspection: 'Inspection',
    submitted: 'Submitted',
    PIB: 'Import declaration',
    PEB: 'Export declaration',
    copied: 'Copied',
  },
};

const marked = [...document.querySelectorAll('[data-t]')];
for (const element of marked) texts.id[element.dataset.t] = element.textContent;

/** A page with texts of its own adds them. */
export function learn(more) {
  for (const each of ['id', 'en']) Object.assign(texts[each], more[each]);
}

export let language = chosen();

export const say = (key) => texts[language][key] ?? '';

export function setLanguage(next) {
  language = next;
  localStorage.setItem('language', next);
  show();
}

export function show() {
  document.documentElement.lang = language;
  for (const element of marked) element.textContent = say(element.dataset.t);
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  }
}

function chosen() {
  const wished = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem('language');
  return wished === 'en' ? 'en' : 'id';
}
