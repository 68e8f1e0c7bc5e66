import { define, GapuraElement } from './element';
import type { GapuraError } from './errors';
import type { Result, SignInOptions, State } from './options';
import { signIn } from './sign-in';

const html = '<button part="button" type="button"><slot></slot></button><span part="status" role="status"></span>';
const css = `:host{display:inline-block}
button{font:inherit;font-weight:600;min-height:44px;padding:.6em 1.2em;cursor:pointer;border:1px solid var(--gapura-border,transparent);border-radius:var(--gapura-radius,8px);color:var(--gapura-color,#fff);background:var(--gapura-background,#9a3412)}
button:focus-visible{outline:3px solid var(--gapura-focus,#2563eb);outline-offset:2px}
:host([theme=light]) button{color:var(--gapura-color,#7c2d12);background:var(--gapura-background,#fff);border-color:var(--gapura-border,#7c2d12)}
:host([disabled]) button{opacity:.5;cursor:default}
span:not(:empty){display:block;margin-top:.4em}`;

const quiet = ['superseded', 'aborted'];

/** `<gapura-button issuer ticket return-url response language theme>`; its content is its label. */
export class GapuraButton extends GapuraElement {
  /** Set by script where the ticket comes from a function; else the attribute `ticket` is the address of your route. */
  ticket?: SignInOptions['ticket'];
  #status?: HTMLElement;
  #label?: HTMLElement;

  connectedCallback(): void {
    if (!this.shadowRoot) {
      const root = this.paint(html, css);
      root.querySelector('button')?.addEventListener('click', () => void this.signIn());
      this.#status = root.querySelector('span')!;
      this.#label = root.querySelector('slot')!;
    }
    this.attributeChangedCallback();
  }

  static readonly observedAttributes = ['language', 'disabled'];

  attributeChangedCallback(): void {
    if (!this.#label) return;
    this.#label.textContent = this.say('Masuk', 'Sign in');
    this.shadowRoot!.querySelector('button')!.disabled = this.hasAttribute('disabled');
  }

  /** The same as a click; resolves with null when it failed, which the event `gapura-error` tells. */
  async signIn(): Promise<Result | null> {
    const attribute = (name: string): string | undefined => this.getAttribute(name) ?? undefined;
    const returnUrl = attribute('return-url');
    this.#show('');
    try {
      const result = await signIn({
        issuer: attribute('issuer') ?? '',
        ticket: this.ticket ?? attribute('ticket') ?? '',
        ...(returnUrl && { returnUrl }),
        response: attribute('response') === 'code' ? 'code' : 'token',
        language: this.language,
        onState: (state) => this.#hear(state),
      });
      this.tell('result', result);
      return result;
    } catch (trouble) {
      const text = this.fail(trouble);
      if (!quiet.includes((trouble as GapuraError).code)) this.#show(text);
      return null;
    }
  }

  // The button stays usable: a second press begins anew, and ends what was before.
  #hear(state: State): void {
    this.tell('state', { state });
    if (state === 'waiting') this.#show(this.say('Lanjutkan di jendela yang terbuka.', 'Continue in the window that opened.'));
    if (state === 'done') this.#show('');
  }

  #show(text: string): void {
    if (this.#status) this.#status.textContent = text;
  }
}

define('gapura-button', GapuraButton);
