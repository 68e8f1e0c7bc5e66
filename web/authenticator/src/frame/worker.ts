/**
 * Registers the worker that keeps this app for times without a network.
 * @param ready called with a function that puts a waiting new version in this one's place.
 */
export function keepOffline(ready: (update: () => void) => void): void {
  if (!('serviceWorker' in navigator)) return;
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker takes a page over without changing it; the next has other files than this page was made of.
    if (controlled) location.reload();
    controlled = true;
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
