/**
 * Registers the worker that keeps this app for times without a network.
 * @param ready called with a function that puts a waiting new version in this one's place.
 */
export function keepOffline(ready: (update: () => void) => void): void {
  if (!('serviceWorker' in navigator)) return;
  const hadOne = navigator.serviceWorker.controller !== null;
  let reloading = false;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker takes a page over without changing it.
    if (!hadOne || reloading) return;
    reloading = true;
    location.reload();
  });
  void (async () => {
    try {
      const registration = await navigator.serviceWorker.register('/authenticator/sw.js', { scope: '/authenticator/' });
      const offer = (): void => {
        const { waiting } = registration;
        if (waiting && navigator.serviceWorker.controller) ready(() => waiting.postMessage('take over'));
      };
      offer();
      registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer));
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden) void registration.update().catch(() => undefined);
      });
    } catch {
      // Private browsing, or a browser that forbids it: the app works, only not without a network.
    }
  })();
}
