/** Shows the "show password" buttons, which do nothing without a script, and makes them work. */
export function revealPasswords(document: Document): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-reveals]')) {
    const field = document.getElementById(button.dataset['reveals'] ?? '');
    if (field instanceof HTMLInputElement) reveal(button, field);
  }
}

function reveal(button: HTMLButtonElement, field: HTMLInputElement): void {
  const show = (visible: boolean): void => {
    field.type = visible ? 'text' : 'password';
    button.textContent = (visible ? button.dataset['hide'] : button.dataset['show']) ?? '';
    button.setAttribute('aria-label', (visible ? button.dataset['hideLabel'] : button.dataset['showLabel']) ?? '');
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    show(field.type === 'password');
    field.focus();
  });
  // Browsers remember what was typed into a text field, and offer to keep a password only from a password field.
  field.form?.addEventListener('submit', () => show(false));
}
