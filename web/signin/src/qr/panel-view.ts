import { CodeBox } from './code-box';
import { part } from './elements';
import { said, spokenDigits } from './said';
import type { Scanned } from './state';
import { TypeBox } from './type-box';
import type { View } from './view';

/** One section for each; what they say stands in the page, in its language. */
type Section = 'waiting' | 'match' | 'type' | 'confirmed' | 'approved' | 'declined' | 'wrong-choice' | 'wrong-code' | 'expired';

export interface Wishes {
  /** A new code, please: this was somebody else, or it is over. */
  again(): void;
  typed(code: string): void;
}

/** Shows a sign-in in the panel the server wrote: one section at a time, and each change is told to screen readers. */
export class PanelView implements View {
  readonly box: CodeBox;
  private readonly typing: TypeBox;
  private readonly status: HTMLElement;
  private now: Section = 'waiting';

  constructor(private readonly panel: HTMLElement, private readonly leave: (accessToken: string) => void, onGone: () => void, wishes: Wishes) {
    this.box = new CodeBox(panel);
    this.typing = new TypeBox(panel, (code) => wishes.typed(code));
    this.status = part(panel, 'status', HTMLElement);
    this.gone = onGone;
    panel.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('[data-again]')) wishes.again();
    });
  }

  readonly gone: () => void;

  waiting(): void {
    this.box.cover();
    this.typing.clear();
    this.trouble(false);
    this.show('waiting');
  }

  code(png: string, sessionId: string): Promise<void> {
    return this.box.show(png, sessionId);
  }

  cover(): void {
    this.box.cover();
  }

  scanned(by: string, how: Scanned): void {
    const digits = how.digits ?? '';
    for (const place of this.panel.querySelectorAll('[data-digits]')) place.textContent = digits;
    for (const place of this.panel.querySelectorAll('[data-digits-spoken]')) place.textContent = spokenDigits(digits);
    const section = how.confirmation === 'match' ? 'match' : 'type';
    const isNew = this.now !== section;
    this.show(section, { by, digits });
    if (isNew && section === 'type') this.typing.focus();
  }

  typeAgain(triesLeft: number | null): void {
    this.status.textContent = this.typing.again(triesLeft);
  }

  confirmed(by: string): void {
    this.show('confirmed', { by });
  }

  approved(): void {
    this.show('approved');
  }

  denied(reason: string): void {
    this.show(reason === 'wrong_choice' ? 'wrong-choice' : reason === 'wrong_code' ? 'wrong-code' : 'declined');
  }

  expired(): void {
    this.show('expired');
  }

  trouble(is: boolean): void {
    const note = part(this.panel, 'trouble', HTMLElement);
    if (note.hidden === !is) return;
    note.hidden = !is;
    this.status.textContent = is ? note.textContent : '';
  }

  finish(accessToken: string): void {
    this.leave(accessToken);
  }

  private show(section: Section, places: Readonly<Record<string, string>> = {}): void {
    if (places['by'] !== undefined) for (const place of this.panel.querySelectorAll('[data-by]')) place.textContent = places['by'];
    if (this.now === section) return;
    this.now = section;
    const hadFocus = this.panel.contains(document.activeElement);
    for (const each of this.panel.querySelectorAll<HTMLElement>('[data-section]')) {
      const isIt = each.dataset['section'] === section;
      each.hidden = !isIt;
      if (!isIt) continue;
      this.status.textContent = said(each.dataset['said'] ?? '', places);
      // The keyboard's place must not fall out of the page with what was hidden.
      if (hadFocus) (each.querySelector<HTMLElement>('[data-again]') ?? each).focus();
    }
  }
}
