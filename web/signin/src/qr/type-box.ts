import { part } from './elements';
import { said } from './said';

const length = 4;

/** Where the four digits of the phone's screen are typed. They send themselves: there is nothing left to decide. */
export class TypeBox {
  private readonly field: HTMLInputElement;
  private readonly wrong: HTMLElement;

  constructor(panel: HTMLElement, send: (code: string) => void) {
    this.field = part(panel, 'typed', HTMLInputElement);
    this.wrong = part(panel, 'wrong', HTMLElement);
    this.field.addEventListener('input', () => {
      const digits = onlyDigits(this.field.value);
      if (this.field.value !== digits) this.field.value = digits;
      if (digits.length < length || this.field.readOnly) return;
      this.field.readOnly = true;
      send(digits);
    });
  }

  /** For a new sign-in: empty, and nothing was wrong yet. */
  clear(): void {
    this.empty();
    this.field.removeAttribute('aria-invalid');
    this.wrong.hidden = true;
  }

  /** @returns What is said about it. */
  again(triesLeft: number | null): string {
    const key = triesLeft === null ? 'unsent' : triesLeft === 1 ? 'last' : 'wrong';
    const sentence = said(this.wrong.dataset[key] ?? '', { tries: triesLeft ?? 0 });
    this.empty();
    this.field.setAttribute('aria-invalid', 'true');
    this.wrong.textContent = sentence;
    this.wrong.hidden = false;
    this.field.focus();
    return sentence;
  }

  focus(): void {
    this.field.focus();
  }

  private empty(): void {
    this.field.value = '';
    this.field.readOnly = false;
  }
}

/** What was pasted may carry spaces or dashes. */
export function onlyDigits(text: string): string {
  return text.replace(/\D/g, '').slice(0, length);
}
