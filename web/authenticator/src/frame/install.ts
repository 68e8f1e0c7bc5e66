/** Chromium's own event: the page may offer to be installed. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

let waiting: InstallEvent | null = null;

/** @param changed called when it becomes possible to install. */
export function listenForInstall(changed: () => void): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    waiting = event as InstallEvent;
    changed();
  });
  addEventListener('appinstalled', () => (waiting = null));
}

export const canInstall = (): boolean => waiting !== null;

export async function install(): Promise<void> {
  const event = waiting;
  waiting = null;
  await event?.prompt();
}
