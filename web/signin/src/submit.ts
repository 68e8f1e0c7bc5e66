/** A page that was stopped half-way must not stay locked. */
const patience = 20_000;

/**
 * Lets every form be sent once: a second press while the first is on its way is dropped, and the button says that
 * something is happening. The back button brings the page back as it was, so the lock is opened on `pageshow`.
 */
export function guardSubmits(document: Document, window: Window): void {
  const locked = new Map<HTMLFormElement, () => void>();

  document.addEventListener('submit', (event) => {
    if (event.defaultPrevented || !(event.target instanceof HTMLFormElement)) return;
    const form = event.target;
    if (locked.has(form)) {
      event.preventDefault();
      return;
    }
    const unlock = lock(form, event.submitter);
    locked.set(form, unlock);
    window.setTimeout(() => {
      if (locked.get(form) !== unlock) return;
      locked.delete(form);
      unlock();
    }, patience);
  });

  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      for (const unlock of locked.values()) unlock();
      locked.clear();
    } else if (locked.size === 0) {
      // Firefox brings a button back disabled even into a page that was loaded anew.
      for (const button of document.querySelectorAll<HTMLButtonElement>('button[type=submit]')) button.disabled = false;
    }
  });
}

function lock(form: HTMLFormElement, submitter: HTMLElement | null): () => void {
  const button = submitter instanceof HTMLButtonElement ? submitter : form.querySelector<HTMLButtonElement>('[type=submit]');
  const label = button?.querySelector('[data-busy]') ?? null;
  const before = label?.textContent ?? null;
  if (label instanceof HTMLElement) label.textContent = label.dataset['busy'] ?? before;
  form.setAttribute('aria-busy', 'true');
  // After the event: a button that is disabled while the form is being read is left out of what is sent.
  setTimeout(() => {
    if (button && form.hasAttribute('aria-busy')) button.disabled = true;
  });
  return () => {
    form.removeAttribute('aria-busy');
    if (button) button.disabled = false;
    if (label) label.textContent = before;
  };
}
