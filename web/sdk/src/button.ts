import { define, Element, languageOf, paint, tell, tellTrouble } from './element';
import type { GapuraError } from './errors';
import type { Result, SignInOptions } from './options';
import { signIn } from './sign-in';

const html = '<button part="button"><slot></slot></button><span part="status" role="status"></span>';
const css = `:host{display:inline-block;--c:#fff;--b:#9a3412}
:host([theme=light]){--c:#9a3412;--b:#fff}
button{padding:.6em 1.2em;border:1px solid var(--gapura-border,#9a3412);border-radius:var(--gapura-radius,8px);color:var(--gapura-color,var(--c));background:var(--gapura-background,var(--b))}
span{display:block}`;

/** `<gapura-button issuer ticket return-url response language theme>`; its content is its label. */
export class GapuraButton extends Element {
  /** Set by script where the ticket comes from a function; else the attribute `ticket` is the address of your route. */
  ticket?: SignInOptions['ticket'];

  connectedCallback(): void {
    if (!this.shadowRoot) paint(this, html, css)('button').onclick = () => void this.signIn();
    this.shadowRoot!.querySelector('slot')!.textContent = languageOf(this) === 'en' ? 'Sign in' : 'Masuk';
  }

  /**
   * The same as a click; resolves with null when it failed, which the event `gapura-error` tells. The button stays
   * usable meanwhile: a second press begins anew, and ends what was before.
   */
  async signIn(): Promise<Result | null> {
    const attribute = (name: string): string => this.getAttribute(name) ?? '';
    const show = (text: string): string => (this.shadowRoot!.querySelector('span')!.textContent = text);
    const language = languageOf(this);
    show('');
    try {
      const result = await signIn({
        issuer: attribute('issuer'),
        ticket: this.ticket ?? attribute('ticket'),
        returnUrl: attribute('return-url'),
        response: attribute('response') === 'code' ? 'code' : 'token',
        language,
        onState: (state) => {
          tell(this, 'state', { state });
          show(state === 'waiting' ? (language === 'en' ? 'Continue in the window that opened.' : 'Lanjutkan di jendela yang terbuka.') : '');
        },
      });
      tell(this, 'result', result);
      return result;
    } catch (trouble) {
      const text = tellTrouble(this, trouble);
      if ((trouble as GapuraError).code !== 'superseded') show(text); // the newer one shows its own
      return null;
    }
  }
}

define('gapura-button', GapuraButton);
