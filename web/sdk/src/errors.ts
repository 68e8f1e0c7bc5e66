export type Language = 'id' | 'en';

// Bahasa Indonesia, English, and what the page's developer does about it.
const says = {
  popup_blocked: 'Peramban memblokir jendela masuk.|The browser blocked the sign-in window.|Call signIn() in the click itself; give returnUrl.',
  closed: 'Jendela masuk ditutup.|The sign-in window was closed.',
  ticket_unavailable: 'Proses masuk belum dapat dimulai.|The sign-in cannot start.|ticket must bring {"token":…} of a live API key, in time.',
  timeout: 'Waktu untuk masuk habis.|The time to sign in is over.',
  wrong_origin: 'Situs ini tidak terdaftar.|This site is not registered.|Use the registered domain, or have this one registered.',
  wrong_return: 'Situs ini tidak terdaftar.|This site is not registered.|returnUrl must be on this origin, exactly as registered.',
  return_missing: 'Peramban ini tidak dapat menyelesaikan proses masuk.|This browser cannot complete the sign-in.|Give returnUrl, and sessionStorage: apps and Cross-Origin-Opener-Policy cut popups off.',
  return_unknown: 'Proses masuk tidak dimulai di sini.|The sign-in did not begin here.',
  superseded: 'Proses masuk diganti.|The sign-in was replaced.',
  aborted: 'Proses masuk dibatalkan.|The sign-in was cancelled.',
  insecure_context: 'Situs ini tidak aman.|This site is not secure.|Use HTTPS (or localhost).',
  denied: 'Proses masuk ditolak.|The sign-in was refused.|See detail. A code works once, for 60 seconds.',
  network: 'Server tidak dapat dihubungi.|The server cannot be reached.|Check issuer, and connect-src of your Content-Security-Policy.',
  invalid_answer: 'Jawaban server tidak dapat dipakai.|The server gave an unusable answer.|issuer must be the server of your API key.',
  invalid_options: 'Situs ini belum disiapkan dengan benar.|This site is not set up correctly.|See detail.',
} as const;

export type GapuraCode = keyof typeof says;

export class GapuraError extends Error {
  /** What the page's developer does about it, in English; more in docs/sdk.md. */
  readonly mend: string;

  /** `message` is a sentence for the person, in their language; `detail` names the cause for a log. */
  constructor(readonly code: GapuraCode, readonly detail = '', language?: Language) {
    const [indonesian, english, mend] = says[code].split('|');
    super(say(indonesian!, english!, language));
    this.name = 'GapuraError';
    this.mend = mend || 'Let the person try again.';
  }
}

/** The same trouble in a language; what is no GapuraError yet is the fault of the page. */
export const named = (trouble: unknown, language?: Language): GapuraError =>
  trouble instanceof GapuraError ? new GapuraError(trouble.code, trouble.detail, language) : new GapuraError('invalid_options', String(trouble), language);

export const say = (indonesian: string, english: string, language = pageLanguage()): string => (language === 'en' ? english : indonesian);

/** What the page says of itself; Bahasa Indonesia when it says nothing of use. */
export const pageLanguage = (): Language => (typeof document !== 'undefined' && /^en/i.test(document.documentElement.lang) ? 'en' : 'id');
