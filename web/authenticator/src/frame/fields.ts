import { commonTexts } from '../texts/common';
import type { Text } from '../texts/text';
import type { App } from './app';
import { h } from './element';

export interface Field {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
}

export function textField(app: App, id: string, label: Text, attributes: Record<string, string> = {}): Field {
  const input = h('input', { id, name: id, type: 'text', required: true, autocapitalize: 'none', autocorrect: 'off', spellcheck: 'false', ...attributes });
  return { input, element: h('div', { class: 'field' }, h('label', { for: id }, app.say(label)), input) };
}

/** A password that can be looked at: on a small keyboard nobody types one blindly. */
export function passwordField(app: App, id: string, label: Text, autocomplete: 'current-password' | 'new-password' | 'off', described?: string): Field {
  const input = h('input', {
    id, name: id, type: 'password', required: true, maxlength: '1024', autocomplete, autocapitalize: 'none', autocorrect: 'off', spellcheck: 'false',
    'aria-describedby': described,
  });
  const button = h('button', { type: 'button', 'aria-pressed': 'false', 'aria-label': `${app.say(commonTexts.show)}: ${app.say(label)}` }, app.say(commonTexts.show));
  button.addEventListener('click', () => {
    const show = input.type === 'password';
    input.type = show ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(show));
    button.textContent = app.say(show ? commonTexts.hide : commonTexts.show);
    button.setAttribute('aria-label', `${button.textContent}: ${app.say(label)}`);
  });
  return { input, element: h('div', { class: 'field' }, h('label', { for: id }, app.say(label)), h('div', { class: 'with-button' }, input, button)) };
}
