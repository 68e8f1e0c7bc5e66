import type { Language, Text } from '../texts/text';

const remembered = 'gapura-language';

/** What the person chose here, else what the browser asks for. `in` is the tag old Androids send for Indonesian. */
export function choose(chosen: string | null, asked: readonly string[]): Language {
  if (chosen === 'id' || chosen === 'en') return chosen;
  for (const tag of asked) {
    const start = tag.toLowerCase().split('-')[0];
    if (start === 'id' || start === 'in') return 'id';
    if (start === 'en') return 'en';
  }
  return 'id';
}

export class Tongue {
  #language = choose(localStorage.getItem(remembered), navigator.languages);

  get language(): Language {
    return this.#language;
  }

  set language(language: Language) {
    this.#language = language;
    localStorage.setItem(remembered, language);
  }

  say = (text: Text): string => text[this.#language];

  /** The phone's own time zone, always named. */
  moment = (unixSeconds: number): string =>
    new Intl.DateTimeFormat(this.#locale, { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(unixSeconds * 1000);

  /** A short while ago, as people say it; one that is long over is told in minutes. */
  ago = (seconds: number): string => {
    const words = new Intl.RelativeTimeFormat(this.#locale, { numeric: 'auto' });
    return seconds < 90 ? words.format(-Math.max(0, seconds), 'second') : words.format(-Math.round(seconds / 60), 'minute');
  };

  /** The name of a country by its two letters; the letters where the browser has no name. */
  country = (code: string): string => {
    try {
      return new Intl.DisplayNames([this.#locale], { type: 'region' }).of(code) ?? code;
    } catch {
      return code;
    }
  };

  get #locale(): string {
    return this.#language === 'id' ? 'id-ID' : 'en-GB';
  }
}
