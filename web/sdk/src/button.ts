import { define, Element, languageOf, paint, tell, tellTrouble } from './element';
import { say, type GapuraError } from './errors';
import type { Result, SignInOptions } from './options';
import { resume } from './return';
import { signIn } from './sign-in';

const html = '<button part="button"><slot></slot></button><span part="status" role="status"></span>';
const css = `:host{display:inline-block;--c:#fff;--b:#9a3412}
:host([theme=light]){--c:#9a3412;--b:#fff}
button{padding:.6em 1.2em;border:1px solid;border-radius:var(--gapura-radius,8px);color:var(--gapura-color,var(--c));background:var(--gapura-background,var(--b))}
span{display:block}`;

/** `<gapura-button issuer ticket return-url response language theme>`; its content is its label. */
export class GapuraButton extends Element {
  /** Set by script where the ticket comes from a function; else the attribute `ticket` is the address of your route. */
  ticket?: SignInOptions['ticket'];

  connectedCallback(): void {
    if (this.shadowRoot) return;
    const find = paint(this, html, css);
    find('button').onclick = () => this.signIn();
    find('slot').textContent = say('Masuk', 'Sign in', languageOf(this));
    // The button's page may be its own return page; by then whoever listens to it does.
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => this.finish(resume));
    else setTimeout(() => this.finish(resume));
  }

  /** The same as a click. The button stays usable meanwhile: a second press begins anew, and ends what was before. */
  signIn(): Promise<void> {
    const attribute = (name: string): string => this.getAttribute(name) ?? '';
    const language = languageOf(this);
    return this.finish(() => signIn({
      issuer: attribute('issuer'),
      ticket: this.ticket ?? attribute('ticket'),
      returnUrl: attribute('return-url'),
      response: attribute('response') === 'code' ? 'code' : 'token',
      language,
      onState: (state) => {
        tell(this, 'state', { state });
        this.show(state === 'waiting' ? say('Lanjutkan di jendela yang terbuka.', 'Continue in the window that opened.', language) : '');
      },
    }));
  }

  private async finish(act: () => Promise<Result | null>): Promise<void> {
    try {
      const result = await act();
      if (result) tell(this, 'result', result);
    } catch (trouble) {
      const text = tellTrouble(this, trouble);
      if ((trouble as GapuraError).code !== 'superseded') this.show(text); // the newer one shows its own
    }
  }

  private show(text: string): void {
    this.shadowRoot!.querySelector('span')!.textContent = text;
  }
}

define('gapura-button', GapuraButton);
