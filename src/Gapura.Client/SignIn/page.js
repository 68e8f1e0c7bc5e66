// The site's half of a sign-in by gapura.js: gives the code of <gapura-button response="code"> to the site's backend.
// The page hears "gapura-signed-in" {username} or "gapura-not-signed-in" {error}, and is loaded anew unless it prevents that.
(() => {
  const script = document.currentScript;
  const callback = new URL('callback', script.src);
  const key = 'gapura.from';

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));

  async function collect(result, from) {
    const answer = await fetch(callback, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: result.code, codeVerifier: result.codeVerifier, redirectUri: result.redirectUri }),
    }).catch(() => null);
    const body = answer ? await answer.json().catch(() => ({})) : { error: 'network' };
    if (answer?.ok) {
      if (tell('gapura-signed-in', body)) location.replace(from);
    } else if (tell('gapura-not-signed-in', { error: body.error ?? 'invalid_answer' }) && 'resume' in script.dataset) {
      location.replace(new URL('callback?error=' + encodeURIComponent(body.error ?? 'invalid_answer'), script.src));
    }
  }

  const stored = () => {
    try { return sessionStorage.getItem(key) ?? '/'; } catch { return '/'; }
  };

  if ('resume' in script.dataset) {
    const failed = (error) => location.replace(new URL('callback?error=' + encodeURIComponent(error), script.src));
    Promise.resolve(window.Gapura?.resume()).then(
      (result) => (result?.code ? collect(result, stored()) : undefined),
      (e) => failed(e?.code ?? 'invalid_answer'));
    if (!window.Gapura) failed('network');
    return;
  }

  try { sessionStorage.setItem(key, location.pathname + location.search); } catch { /* then it is the first page */ }
  document.addEventListener('gapura-result', (event) => {
    if (event.detail?.code) collect(event.detail, location.href);
  }, true);
})();
