/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;

/** Changes with everything the app consists of, and with this installation's settings: the server writes it. */
const version = '__VERSION__';
/** The hashed files of this version: the build writes them. */
const files = '__FILES__'.split(',');
const home = '/authenticator/';
const cacheName = `gapura-authenticator-${version}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(cacheName).then((cache) => cache.addAll([new Request(home, { cache: 'no-cache' }), ...files.map((file) => new Request(file))])),
  );
});

// Only now: the pages of the version before have closed, or have said that they want the new one.
self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('gapura-authenticator-') && name !== cacheName) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || !url.pathname.startsWith(home)) return;
  const key = request.mode === 'navigate' ? home : request;
  event.respondWith(caches.open(cacheName).then(async (cache) => (await cache.match(key, { ignoreVary: true })) ?? fetch(request)));
});

// The message is empty: what happened is fetched by the app, and no push service learns anything.
self.addEventListener('push', (event) => event.waitUntil(tell()));

async function tell(): Promise<void> {
  const bahasa = !self.navigator.language.startsWith('en');
  const [title, body] = (await isAsked())
    ? bahasa
      ? ['Ada yang meminta persetujuan Anda', 'Ketuk untuk memeriksanya. / Tap to check it.']
      : ['Somebody asks for your approval', 'Tap to check it. / Ketuk untuk memeriksanya.']
    : bahasa
    ? ['Ada yang baru saja masuk ke akun Anda', 'Bukan Anda? Ketuk untuk melihatnya. / Not you? Tap to look.']
    : ['Somebody just signed in to your account', 'Not you? Tap to look. / Bukan Anda? Ketuk untuk melihatnya.'];
  await self.registration.showNotification(title ?? '', { body: body ?? '', icon: `${home}icon-192.png`, badge: `${home}badge-96.png`, tag: 'sign-in', lang: bahasa ? 'id' : 'en' });
}

/** Whether a platform waits for this phone; no, where the phone's session is closed and nobody can tell. */
async function isAsked(): Promise<boolean> {
  try {
    const answer = await fetch('/v1/phone/requests', { credentials: 'same-origin', cache: 'no-store' });
    return answer.ok && ((await answer.json()) as unknown[]).length > 0;
  } catch {
    return false;
  }
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(
    (async () => {
      const [open] = await self.clients.matchAll({ type: 'window' });
      await (open ? open.focus() : self.clients.openWindow(home));
    })(),
  );
});

export {};
