import { define, GapuraElement } from './element';
import type { GapuraError } from './errors';
import { originOf } from './options';
import { watchQr, type QrState } from './qr-live';

const html = `<canvas part="code" role="img" width="1" height="1"></canvas><p part="digits" hidden></p>
<form part="form" hidden><label><span></span><input part="input" inputmode="numeric" autocomplete="off" maxlength="4" pattern="[0-9]{4}" required></label><button part="button"></button></form>
<p part="status" role="status"></p>`;
const css = `:host{display:block;max-width:var(--gapura-size,240px);text-align:center}
:host([hidden]),[hidden]{display:none!important}
canvas{width:100%;image-rendering:pixelated;background:#fff;border-radius:var(--gapura-radius,8px)}
[part=digits]{font-size:3em;font-weight:700;letter-spacing:.1em;margin:.2em 0}
input{font:inherit;width:5em;text-align:center;margin:.4em}
button,input{min-height:44px}
:focus-visible{outline:3px solid var(--gapura-focus,#2563eb);outline-offset:2px}`;

/** `<gapura-qr issuer client-id language>`: a code for a phone. A secure page is needed; nothing of a backend is. */
export class GapuraQr extends GapuraElement {
  #end: AbortController | undefined;
  #confirm: ((digits: string) => Promise<unknown>) | undefined;
  #told = '';

  connectedCallback(): void {
    if (!this.shadowRoot) this.paint(html, css).querySelector('form')!.addEventListener('submit', (event) => void this.#handIn(event));
    this.#find('canvas').setAttribute('aria-label', this.say('Kode QR untuk masuk dengan ponsel', 'QR code for signing in with a phone'));
    this.#find('label span').textContent = this.say('Empat angka di ponsel', 'The four digits on the phone');
    this.#find('button').textContent = this.say('Lanjutkan', 'Continue');
    void this.#watch((this.#end = new AbortController()));
  }

  disconnectedCallback(): void {
    this.#end?.abort();
  }

  async #watch(end: AbortController): Promise<void> {
    try {
      const result = await watchQr({
        issuer: originOf(this.getAttribute('issuer')),
        clientId: this.getAttribute('client-id') ?? '',
        onCode: (png) => void this.#draw(png),
        onState: (state, confirm) => this.#hear(state, confirm),
        onTrouble: (isThere) => isThere && this.#show(this.say('Server tidak dapat dihubungi. Mencoba lagi…', 'The server cannot be reached. Trying again…')),
      }, end.signal);
      if (!end.signal.aborted) this.tell('result', result);
    } catch (trouble) {
      if (!end.signal.aborted) this.#show(this.fail(trouble));
    }
  }

  // Drawn, not linked: a picture's address would need img-src data: in the page's policy.
  async #draw(png: string): Promise<void> {
    const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = this.#find<HTMLCanvasElement>('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext('2d')!.drawImage(picture, 0, 0);
    canvas.dataset.code = 'shown';
  }

  #hear(now: QrState, confirm: (digits: string) => Promise<unknown>): void {
    const { state, by = '', confirmation, digits = '' } = now;
    this.#confirm = confirm;
    const asked = state === 'scanned' ? confirmation : '';
    this.#find('canvas').hidden = state !== 'waiting';
    this.#find('[part=digits]').hidden = asked !== 'match';
    this.#find('[part=digits]').textContent = asked === 'match' ? digits : '';
    this.#find('form').hidden = asked !== 'type';
    const next = {
      waiting: ['Pindai kode ini dengan ponsel Anda.', 'Scan this code with your phone.'],
      scanned: asked === 'match' ? ['pilih angka ini di ponsel.', 'choose this number on the phone.']
        : asked === 'type' ? ['ketik angka dari ponsel.', 'type the digits from the phone.'] : ['setujui di ponsel.', 'approve on the phone.'],
      confirmed: ['setujui di ponsel.', 'approve on the phone.'],
      approved: ['disetujui.', 'approved.'],
      denied: ['Ditolak.', 'Declined.'],
      collected: ['', ''],
    }[state] as [string, string];
    this.#show((by && `${by}: `) + this.say(...next));
    if (state === this.#told) return;
    this.#told = state;
    this.tell('state', now);
    if (asked === 'type') this.#find<HTMLInputElement>('input').focus();
  }

  async #handIn(submitted: Event): Promise<void> {
    submitted.preventDefault();
    const [input, button] = [this.#find<HTMLInputElement>('input'), this.#find<HTMLButtonElement>('button')];
    button.disabled = true; // a second press must not cost a second try
    try {
      await this.#confirm?.(input.value);
    } catch (trouble) {
      const isWrong = /wrong_code/.test((trouble as GapuraError).detail);
      this.#show(isWrong ? this.say('Angka itu salah. Coba lagi.', 'Those digits are wrong. Try again.') : (trouble as GapuraError).message);
      input.focus();
    }
    input.value = '';
    button.disabled = false;
  }

  #find<T extends HTMLElement = HTMLElement>(selector: string): T {
    return this.shadowRoot!.querySelector<T>(selector)!;
  }

  #show(text: string): void {
    this.#find('[part=status]').textContent = text;
  }
}

define('gapura-qr', GapuraQr);
