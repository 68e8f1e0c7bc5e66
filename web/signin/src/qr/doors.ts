/** As in signin.css: from here on password and code stand side by side. */
export const sideBySide = '(min-width: 44rem)';

const remembered = 'gapura-door';

export type Door = 'password' | 'phone';

export interface Memory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Which door this person took last; a browser that remembers nothing is a browser that begins with the password. */
export function lastDoor(memory: () => Memory): Door {
  try {
    return memory().getItem(remembered) === 'phone' ? 'phone' : 'password';
  } catch {
    return 'password';
  }
}

export function rememberDoor(door: Door, memory: () => Memory): void {
  try {
    memory().setItem(remembered, door);
  } catch {
    // A browser may forbid it; then it is asked again next time.
  }
}

/** Swaps password and phone where there is no room for both. `changed` hears whether the phone's door is open. */
export function swapDoors(doors: HTMLElement, window: Window, changed: (isOpen: boolean) => void): void {
  const wide = window.matchMedia(sideBySide);
  const memory = (): Memory => window.localStorage;
  const show = (door: Door): void => {
    doors.dataset['shown'] = door;
    changed(wide.matches || door === 'phone');
  };

  for (const button of doors.querySelectorAll<HTMLButtonElement>('[data-door]')) {
    button.addEventListener('click', () => {
      const door: Door = button.dataset['door'] === 'phone' ? 'phone' : 'password';
      rememberDoor(door, memory);
      show(door);
      doors.querySelector<HTMLElement>(door === 'phone' ? '[data-part="title"]' : '#username')?.focus();
    });
  }
  wide.addEventListener('change', () => show(doors.dataset['shown'] === 'phone' ? 'phone' : 'password'));
  const only = doors.dataset['only'];
  show(only === 'phone' || only === 'password' ? only : lastDoor(memory));
}
