// The site's half of a sign-in by gapura.js: brings the code of <gapura-button response="code"> to the site's backend.
// The page hears "gapura-signed-in" {username} or "gapura-not-signed-in" {error} at its document; after the first it is
// loaded anew, unless it prevents that.
(() => {
  const script = document.currentScript;
  const isReturnPage = 'resume' in script.dataset;
  const at = (path) => new URL(path, script.src).href;
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
  const fail = (error) => {
    if (tell('gapura-not-signed-in', { error }) && isReturnPage) location.replace(at('callback?error=' + encodeURIComponent(error)));
  };

  async function collect({ code, codeVerifier, redirectUri }, next) {
    const answer = await fetch(at('callback'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, codeVerifier, redirectUri }),
    }).catch(() => null);
    const body = await answer?.json().catch(() => null);
    if (!answer?.ok) return fail(body?.error ?? (answer ? 'invalid_answer' : 'network'));
    if (tell('gapura-signed-in', body)) location.replace(next);
  }

  // In this tab alone: where the person was when the whole window went.
  const kept = 'gapura.from';
  const remember = () => { try { sessionStorage.setItem(kept, location.href); } catch { /* then it is the first page */ } };
  const recall = () => { try { return sessionStorage.getItem(kept) ?? '/'; } catch { return '/'; } };

  if (isReturnPage) {
    if (!window.Gapura) return fail('network');
    window.Gapura.resume().then((result) => result?.code && collect(result, recall()), (e) => fail(e?.code ?? 'invalid_answer'));
    return;
  }

  document.addEventListener('gapura-state', remember, true);
  document.addEventListener('gapura-result', ({ detail }) => { if (detail?.code) collect(detail, location.href.split('#')[0]); }, true);
})();
