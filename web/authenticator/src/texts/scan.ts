import { text } from './text';

export const scanTexts = {
  title: text('Arahkan kamera ke kode QR', 'Point the camera at the QR code'),
  lead: text('Kode QR yang tampil di layar komputer atau ponsel lain.', 'The QR code shown on a computer or another phone.'),
  video: text('Gambar kamera', 'Camera picture'),
  starting: text('Membuka kamera…', 'Opening the camera…'),
  looking: text('Mencari kode QR…', 'Looking for a QR code…'),
  found: text('Kode ditemukan. Memeriksa…', 'Code found. Checking…'),
  torchOn: text('Nyalakan lampu', 'Turn the light on'),
  torchOff: text('Matikan lampu', 'Turn the light off'),
  denied: text('Kamera tidak diizinkan. Izinkan kamera untuk situs ini di pengaturan peramban, atau tempel teks kodenya di bawah.',
    'The camera is not allowed. Allow it for this site in the browser’s settings, or paste the text of the code below.'),
  absent: text('Perangkat ini tidak punya kamera yang dapat dipakai. Tempel teks kodenya, atau pilih gambar.',
    'This device has no camera that can be used. Paste the text of the code, or choose a picture.'),
  busy: text('Kamera sedang dipakai aplikasi lain. Tutup aplikasi itu, lalu coba lagi, atau tempel teks kodenya di bawah.',
    'Another app is using the camera. Close it and try again, or paste the text of the code below.'),
  otherWays: text('Tidak bisa memindai?', 'Cannot scan?'),
  paste: text('Teks kode', 'Text of the code'),
  pasteHint: text('Tempel atau ketik teks yang ada di bawah kode QR.', 'Paste or type the text found below the QR code.'),
  use: text('Pakai teks ini', 'Use this text'),
  picture: text('Pilih gambar kode QR', 'Choose a picture of the QR code'),
};
