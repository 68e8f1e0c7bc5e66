/** Chromium's own event: the page may offer to be installed. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

let waiting: InstallEvent | null = null;
let offer: () => void = () => undefined;

export function listenForInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    waiting = event as InstallEvent;
    offer();
  });
  addEventListener('appinstalled', () => (waiting = null));
}

/** Calls once the app may be installed, now or later; the last one who asked is called. */
export function whenInstallable(act: () => void): void {
  offer = act;
  if (waiting) act();
}

export async function install(): Promise<void> {
  const event = waiting;
  waiting = null;
  await event?.prompt();
}
