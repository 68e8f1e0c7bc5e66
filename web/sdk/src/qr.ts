import { define, Element, languageOf, paint, tell, tellTrouble } from './element';
import { say } from './errors';
import { originOf } from './options';
import { watchQr } from './qr-live';

const html = '<canvas part="code" role="img"></canvas><p part="digits"></p><form part="form"><input part="input" inputmode="numeric" maxlength="4" pattern="[0-9]{4}" required><button part="button">OK</button></form><p part="status" role="status"></p>';
const css = `:host{display:block;max-width:var(--gapura-size,240px);text-align:center}
:host([hidden]),[hidden]{display:none}
canvas{width:100%;aspect-ratio:1;image-rendering:pixelated;border-radius:var(--gapura-radius,8px)}
[part=digits]{font-size:3em;font-weight:700;margin:0}
input{width:5em}`;

/** `<gapura-qr issuer client-id language>`: a code for a phone. A secure page is needed; nothing of a backend is. */
export class GapuraQr extends Element {
  private end?: AbortController;
  private find?: ReturnType<typeof paint>;

  connectedCallback(): void {
    this.find ??= paint(this, html, css);
    void live(this, this.find, (this.end = new AbortController()).signal);
  }

  disconnectedCallback(): void {
    this.end?.abort();
  }
}

async function live(host: GapuraQr, find: ReturnType<typeof paint>, signal: AbortSignal): Promise<void> {
  const language = languageOf(host);
  const attribute = (name: string): string => host.getAttribute(name) ?? '';
  const show = (text: string): string => (find('[part=status]').textContent = text);
  const [canvas, digits, form, input] = [find<HTMLCanvasElement>('canvas'), find('[part=digits]'), find<HTMLFormElement>('form'), find<HTMLInputElement>('input')];
  canvas.setAttribute('aria-label', say('Kode QR', 'QR code', language));
  input.setAttribute('aria-label', say('Empat angka di ponsel', 'Four digits on the phone', language));
  digits.hidden = form.hidden = true;
  try {
    const result = await watchQr({
      issuer: originOf(attribute('issuer')),
      clientId: attribute('client-id'),
      // Drawn, not linked: a picture's address would need img-src data: in the page's policy.
      onCode: async (png, sessionId) => {
        tell(host, 'state', { state: 'waiting', sessionId });
        const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))]));
        canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(picture);
      },
      onState: (now, confirm) => {
        const { state, by, confirmation, digits: shown } = now;
        const asked = state === 'scanned' ? confirmation : '';
        canvas.hidden = state !== 'waiting';
        digits.hidden = asked !== 'match';
        digits.textContent = shown ?? '';
        form.hidden = asked !== 'type';
        form.onsubmit = async (submitted) => {
          submitted.preventDefault();
          const code = input.value;
          input.value = ''; // and so a second press costs no second try: the field is required
          await confirm(code).catch(() => show(say('Angka salah.', 'Wrong digits.', language)));
        };
        const what = asked === 'match' ? say('Pilih angka ini di ponsel.', 'Choose this number on the phone.', language)
          : asked === 'type' ? say('Ketik angka dari ponsel.', 'Type the digits from the phone.', language)
            : state === 'waiting' ? say('Pindai kode ini dengan ponsel.', 'Scan this code with the phone.', language)
              : say('Setujui di ponsel.', 'Approve on the phone.', language);
        show(by ? `${by}: ${what}` : what);
        tell(host, 'state', now);
      },
      onTrouble: () => show(say('Server tidak dapat dihubungi.', 'The server cannot be reached.', language)),
    }, signal);
    show('✓');
    tell(host, 'result', result);
  } catch (trouble) {
    if (!signal.aborted) show(tellTrouble(host, trouble));
  }
}

define('gapura-qr', GapuraQr);
