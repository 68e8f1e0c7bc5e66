export type Language = 'id' | 'en';

// Bahasa Indonesia, English, and what the page's developer does about it.
const says = {
  popup_blocked: ['Peramban memblokir jendela masuk.', 'The browser blocked the sign-in window.', 'Call signIn() in the click itself, before any await, and give returnUrl.'],
  closed: ['Jendela masuk ditutup sebelum selesai.', 'The sign-in window was closed too early.', 'Keep the button usable for another try.'],
  ticket_unavailable: ['Proses masuk belum dapat dimulai. Coba lagi nanti.', 'Sign-in cannot start now. Try again later.', 'Your ticket route must answer {"token":…}, fetched with a live API key, within ticketTimeout.'],
  timeout: ['Waktu untuk masuk sudah habis. Coba lagi.', 'The time to sign in is over. Try again.', 'Keep the button usable; see timeout.'],
  wrong_origin: ['Situs ini tidak terdaftar untuk masuk.', 'This site is not registered for sign-in.', 'Use the registered domain, or have this origin registered.'],
  wrong_return: ['Situs ini tidak terdaftar untuk masuk.', 'This site is not registered for sign-in.', 'returnUrl must be on this origin, without #, exactly as registered.'],
  return_missing: ['Peramban ini tidak dapat menyelesaikan proses masuk.', 'This browser cannot complete the sign-in.', 'Give returnUrl: no popup can answer here (in-app browser, or Cross-Origin-Opener-Policy).'],
  return_unknown: ['Proses masuk ini tidak dimulai di jendela ini. Coba lagi.', 'This sign-in did not begin here. Try again.', 'Its page is gone, or it was opened twice: start anew.'],
  superseded: ['Proses masuk diganti dengan yang baru.', 'A newer sign-in took over.', 'Ignore it.'],
  aborted: ['Proses masuk dibatalkan.', 'The sign-in was cancelled.', 'Your signal was aborted.'],
  insecure_context: ['Halaman ini tidak aman untuk masuk.', 'This page is not safe for sign-in.', 'Serve the page over HTTPS (or localhost).'],
  storage_blocked: ['Peramban memblokir penyimpanan halaman ini.', 'The browser blocks storage for this page.', 'Sign-in without a popup needs sessionStorage.'],
  denied: ['Proses masuk ditolak.', 'The sign-in was refused.', 'See detail; a code lives for 60 seconds and works once.'],
  network: ['Server masuk tidak dapat dihubungi. Coba lagi.', 'The sign-in server cannot be reached. Try again.', 'Check issuer and connect-src of your Content-Security-Policy.'],
  invalid_answer: ['Jawaban server masuk tidak dapat dipakai.', 'The sign-in server gave an unusable answer.', 'Check that issuer is the server your API key belongs to.'],
  invalid_options: ['Halaman ini belum disiapkan dengan benar.', 'This page is not set up correctly.', 'See detail for the option.'],
} as const;

export type GapuraCode = keyof typeof says;

export class GapuraError extends Error {
  /** What the page's developer does about it, in English. */
  readonly mend: string;

  /** `message` is a sentence for the person, in their language; `detail` names the cause for a log. */
  constructor(readonly code: GapuraCode, readonly detail = '', language: Language = pageLanguage()) {
    super(says[code][language === 'en' ? 1 : 0]);
    this.name = 'GapuraError';
    this.mend = says[code][2];
  }

  in(language: Language): GapuraError {
    return new GapuraError(this.code, this.detail, language);
  }
}

/** What the page says of itself; Bahasa Indonesia when it says nothing of use. */
export const pageLanguage = (): Language => (typeof document !== 'undefined' && /^en\b/i.test(document.documentElement?.lang) ? 'en' : 'id');
