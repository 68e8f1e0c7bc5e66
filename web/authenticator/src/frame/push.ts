import type { App } from './app';

export type Push = 'on' | 'off' | 'unable';

const able = (): boolean => 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

/** Whether this phone is told of sign-ins. */
export async function pushState(): Promise<Push> {
  if (!able()) return 'unable';
  const subscription = await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription();
  return subscription ? 'on' : 'off';
}

/** @returns null, or the code of what went wrong. */
export async function turnOn(app: App): Promise<string | null> {
  const id = app.kept?.deviceId;
  const own = await app.withSession(app.phone.own, 'ask');
  if (!own.ok) return own.code;
  if (!own.value.pushKey || !id || !able()) return 'unable';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  try {
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: own.value.pushKey });
    const told = await app.withSession(() => app.phone.subscribe(id, subscription.endpoint), 'ask');
    if (told.ok) return null;
    await subscription.unsubscribe();
    return told.code;
  } catch {
    return 'failed';
  }
}

/** The browser forgets at once; the server is told if it can be reached. */
export async function turnOff(app: App, may: 'ask' | 'quietly' = 'ask'): Promise<void> {
  if (!able()) return;
  const subscription = await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription();
  if (!subscription) return;
  await subscription.unsubscribe();
  const id = app.kept?.deviceId;
  if (id) await app.withSession(() => app.phone.unsubscribe(id), may);
}
